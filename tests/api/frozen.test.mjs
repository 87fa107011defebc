// Figures frozen for use outside: what was counted is kept record by record, signed, asked again, explained; on both engines.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { forEachEngine, psql } from './lib.mjs';

const stated = (problem, field) => assert.ok(problem.errors.some((e) => e.field === field && e.remedy), JSON.stringify(problem));

async function strikeOff(city, item) {
    const unit = city.as('unit');
    await unit.patch('rectifications', item.id, { result: '已修订制度并组织核查。' });
    await unit.attach('rectifications', item.id, item.inspection, '会议纪要');
    await unit.move('rectifications', item.id, 'apply');
    await city.as('discipline').move('rectifications', item.id, 'review', { opinion: '同意' });
    return city.as('office').move('rectifications', item.id, 'strike', { opinion: '同意销号' });
}

forEachEngine('frozen figures', { serve: ['--today', '2022-01-10'] }, async (t, city) => {
    const [office, leader, unit] = ['office', 'leader', 'unit'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const second = await city.person('fu.he', '复核', { role: 'office', everything: true });
    const wish = { organiser, title: '五年巡察工作综述所用数据', purpose: '综述', as_of: '2022-01-10' };
    const one = (await unit.items('rectifications?state=ongoing&limit=1'))[0];
    const other = (await office.items(`rectifications?state=ongoing&unit.ne=${one.unit}&limit=1`))[0];
    let set;

    await t.test('what is asked for is checked, field by field', async () => {
        stated(await office.refused(422, 'POST', 'figure_sets', { body: { ...wish, as_of: '2022-01-11' } }), 'as_of');
        stated(await office.refused(422, 'POST', 'figure_sets', { body: { ...wish, as_of: undefined } }), 'as_of');
        stated(await office.refused(422, 'POST', 'figure_sets', { body: { ...wish, chosen: 'findings_fed_back,nothing' } }), 'chosen');
        stated(await office.refused(422, 'POST', 'figure_sets', { body: { ...wish, filter: 'colour=red' } }), 'filter');
        stated(await office.refused(422, 'POST', 'figure_sets', { body: { ...wish, chosen: 'meetings_secretary', filter: 'kind=government' } }), 'chosen');
        for (const login of ['leader', 'unit', 'discipline']) await city.as(login).refused(403, 'POST', 'figure_sets', { body: wish });
    });
    await t.test('a set keeps definitions, selections, values and records under one digest', async () => {
        set = await office.post('figure_sets', wish);
        assert.equal(set.state, 'frozen');
        assert.match(set.digest, /^[0-9a-f]{64}$/);
        const now = await leader.get('figures');
        const kept = await leader.all(`frozen_figures?figure_set=${set.id}&fields=indicator,value,numerator,denominator,definition,numerator_list`);
        assert.equal(kept.length, set.count);
        for (const f of kept) {
            const same = now.find((n) => n.id === f.indicator);
            assert.deepEqual([f.value === null ? null : Number(f.value), f.denominator], [same.value, same.denominator], f.indicator);
            assert.equal(f.definition, same.definition);
        }
        const lists = await leader.all(`frozen_lists?figure_set=${set.id}`);
        assert.ok(lists.every((l) => /^[0-9a-f]{64}$/.test(l.digest) && l.ids === undefined));
        assert.equal(new Set(lists.map((l) => l.selection)).size, lists.length, 'a list is kept once');
        await unit.refused(403, 'GET', 'figure_sets');
    });
    await t.test('signed by click or on paper; what is signed is the digest', async () => {
        await unit.moveRefused(403, 'figure_sets', set.id, 'publish').catch(() => {});
        stated(await leader.moveRefused(422, 'figure_sets', set.id, 'publish', { means: 'ink', on_behalf_of: '市委书记' }), 'paper_no');
        const published = await leader.move('figure_sets', set.id, 'publish', { opinion: '同意对外使用' });
        assert.deepEqual([published.state, published.published_on], ['published', '2022-01-10']);
        const signature = (await office.items(`signatures?subject=figure_sets&record=${set.id}`))[0];
        assert.equal(signature.text_digest, set.digest);
        await leader.moveRefused(409, 'figure_sets', set.id, 'publish');
    });
    await t.test('asked again at once, nothing has changed', async () => {
        const again = await leader.get(`figure_sets/${set.id}/compare`);
        assert.equal(again.set.intact, true);
        assert.ok(again.figures.length === set.count && again.figures.every((f) => !f.changed));
    });
    await t.test('an amount that is added up moves with the record that was changed', async () => {
        await unit.patch('rectifications', one.id, { rules_made: 7 });
        const again = await leader.get(`figure_sets/${set.id}/compare`);
        const rules = again.figures.find((f) => f.indicator === 'effect_rules');
        assert.equal(rules.changed, true);
        assert.ok(rules.records.some((r) => r.id === one.id));
    });
    await t.test('one strike-off and one revoked finding explain the rate, exactly these two', async () => {
        await strikeOff(city, one);
        await office.move('findings', other.finding, 'ask_revoke', { reason: '事实不成立' });
        await second.move('findings', other.finding, 'revoke', { opinion: '同意' });
        const again = await leader.get(`figure_sets/${set.id}/compare`);
        const rate = again.figures.find((f) => f.indicator === 'rectification_rate');
        assert.equal(rate.changed, true);
        assert.deepEqual([rate.now.numerator, rate.now.denominator], [rate.then.numerator + 1, rate.then.denominator - 1]);
        const moved = Object.fromEntries(rate.records.map((r) => [r.id, r]));
        assert.deepEqual(Object.keys(moved).sort(), [one.id, other.id].sort());
        assert.deepEqual([moved[one.id].numerator, moved[one.id].denominator], [1, 0]);
        assert.deepEqual([moved[other.id].numerator, moved[other.id].denominator], [0, -1]);
        assert.ok(moved[one.id].because.some((b) => b.operation === 'rectification.strike' && b.label === '销号' && b.login === 'office'));
        assert.ok(moved[other.id].because.some((b) => b.operation === 'finding.revoke' && b.login === 'fu.he'));
        const untouched = again.figures.find((f) => f.indicator === 'meetings_secretary');
        assert.equal(untouched.changed, false);
        const revoked = again.figures.find((f) => f.indicator === 'findings_revoked');
        assert.deepEqual(revoked.records.map((r) => [r.id, r.numerator]), [[other.id, 1]]);
        assert.equal(again.set.intact, true, 'the set itself stays what it was');
    });
    await t.test('a set of an earlier day differs from today by what took effect in between', async () => {
        const past = await office.post('figure_sets', { ...wish, title: '上年八月数据', as_of: '2021-08-31', chosen: 'findings_fed_back,findings_rectified,rectification_rate' });
        const shown = (await leader.get('figures?as_of=2021-08-31')).find((f) => f.id === 'rectification_rate');
        const kept = (await leader.items(`frozen_figures?figure_set=${past.id}&indicator=rectification_rate`))[0];
        assert.deepEqual([kept.numerator, kept.denominator], [shown.numerator, shown.denominator]);
        const again = await leader.get(`figure_sets/${past.id}/compare`);
        const done = again.figures.find((f) => f.indicator === 'findings_rectified');
        assert.equal(done.now.numerator - done.then.numerator, done.records.reduce((n, r) => n + r.numerator, 0));
        assert.ok(done.records.every((r) => r.because.length), 'every record says why');
        const same = await leader.get(`figure_sets/${past.id}/compare?as_of=2021-08-31`);
        assert.ok(same.figures.every((f) => !f.changed));
        stated(await leader.refused(422, 'GET', `figure_sets/${past.id}/compare?as_of=x`), 'as_of');
    });
    await t.test('two sets reconcile', async () => {
        const later = await office.post('figure_sets', { ...wish, title: '复核数据', chosen: 'rectification_rate,findings_open' });
        const both = await leader.get(`figure_sets/${set.id}/reconcile?with=${later.id}`);
        assert.deepEqual(both.only_in_other, []);
        assert.ok(both.only_in_set.length > 10);
        const rate = both.figures.find((f) => f.indicator === 'rectification_rate');
        assert.deepEqual(rate.records.map((r) => r.id).sort(), [one.id, other.id].sort());
        stated(await leader.refused(422, 'GET', `figure_sets/${set.id}/reconcile`), 'with');
        await leader.refused(404, 'GET', `figure_sets/${set.id}/reconcile?with=${organiser}`);
    });
    await t.test('void with a reason, and kept', async () => {
        stated(await office.moveRefused(422, 'figure_sets', set.id, 'void', {}), 'reason');
        const gone = await office.move('figure_sets', set.id, 'void', { reason: '数据已更新' });
        assert.equal(gone.state, 'void');
        assert.equal((await leader.get(`figure_sets/${set.id}/compare`)).set.intact, true);
    });
    await t.test('a filter narrows the set', async () => {
        const year = await office.post('figure_sets', { ...wish, title: '二〇二一年', filter: 'year=2021', chosen: 'findings_fed_back' });
        const kept = (await leader.items(`frozen_figures?figure_set=${year.id}`))[0];
        assert.equal(kept.numerator, (await leader.get('figures?year=2021')).find((f) => f.id === 'findings_fed_back').value);
    });
    await t.test('an id taken out of a list behind the back of the program is seen', async () => {
        const list = (await leader.items(`frozen_lists?figure_set=${set.id}&count.gt=3`))[0];
        await city.stop();
        const tamper = (ids) => `UPDATE frozen_list SET ids = ${ids} WHERE id = '${list.id}'`;
        if (city.engine === 'sqlite') execFileSync('sqlite3', [join(city.folder, 'city.ledger')], { input: tamper('substr(ids, 27)') });
        else psql(`SET search_path TO city; ${tamper('substring(ids from 27)')}`, city.args[1].replace(/\?.*$/, ''));
        assert.equal(city.run('verify').code, 1);
    });
});
