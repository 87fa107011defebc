// Is what was struck off true? A sample drawn by a seed, its results, what they tell of the whole, and the item that is
// reopened with its history.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const itemsOf = (who, recheck) => who.items(`recheck_items?recheck=${recheck.id}&limit=200&fields=rectification,unit_name,title,stratum,stratum_size,result,checked_on,reopened,version`);

forEachEngine('a sample of what was struck off', async (t, city) => {
    const office = city.as('office');
    const organiser = (await office.items('organisers'))[0].id;
    const draw = (more = {}) => office.post('rechecks', { organiser, title: '上半年销号事项抽查', strata: 'unit', size: 20, seed: '2021-第一次', due_on: '2021-12-31', ...more });
    const closed = await office.all('rectifications?state=done&fields=unit_name,round,struck_off_on');
    let recheck, items;

    await t.test('is drawn by unit, in proportion, and again the same by the same seed', async () => {
        recheck = await draw();
        items = await itemsOf(office, recheck);
        assert.deepEqual([recheck.state, recheck.population, recheck.size, items.length], ['open', closed.length, 20, 20]);
        for (const login of ['office', 'discipline', 'organisation']) assert.ok((await city.as(login).items('tasks')).some((x) => x.kind === 'recheck.record' && x.id === recheck.id && x.due_on === '2021-12-31'), login);
        assert.ok(!(await city.as('unit').items('tasks')).some((x) => x.kind === 'recheck.record'));
        const sizes = {}, places = {};
        for (const i of closed) sizes[i.unit_name] = (sizes[i.unit_name] ?? 0) + 1;
        for (const i of items) places[i.stratum] = (places[i.stratum] ?? 0) + 1;
        assert.deepEqual(Object.keys(places).sort(), Object.keys(sizes).sort(), 'every unit has one');
        for (const i of items) assert.equal(i.stratum_size, sizes[i.stratum]);
        for (const [unit, n] of Object.entries(places)) assert.ok(Math.abs(n - (sizes[unit] * 20) / closed.length) <= 1.5, `${unit}: ${n} of ${sizes[unit]}`);
        const again = await itemsOf(office, await draw());
        assert.deepEqual(again.map((i) => i.rectification).sort(), items.map((i) => i.rectification).sort());
        const other = await itemsOf(office, await draw({ seed: '2021-第二次' }));
        assert.notDeepEqual(other.map((i) => i.rectification).sort(), items.map((i) => i.rectification).sort());
    });

    await t.test('a seed is drawn where none is given, and told; other strata and conditions', async () => {
        const whole = await draw({ strata: 'whole', seed: null, size: 5 });
        assert.match(whole.seed, /^[a-z2-9-]{19}$/);
        assert.deepEqual([...new Set((await itemsOf(office, whole)).map((i) => i.stratum))], ['全部']);
        const round = closed[0].round;
        const one = await draw({ strata: 'category', round, size: 30 });
        assert.equal(one.population, closed.filter((i) => i.round === round).length);
        const rounds = await draw({ strata: 'round' });
        assert.equal(new Set((await itemsOf(office, rounds)).map((i) => i.stratum)).size, new Set(closed.map((i) => i.round)).size);
        const all = await draw({ strata: 'whole', size: 500 });
        assert.equal(all.size, closed.length, 'no more than there are');
        for (const r of [whole, one, rounds, all]) await office.move('rechecks', r.id, 'void', { reason: '试' });
    });

    await t.test('what cannot be drawn is told', async () => {
        const wrong = async (more, status, word) => {
            const refused = await office.refused(status, 'POST', 'rechecks', { body: { organiser, title: '试', strata: 'unit', size: 20, ...more } });
            assert.match(JSON.stringify(refused), word);
        };
        await wrong({ size: 0 }, 422, /size/);
        await wrong({ size: 501 }, 422, /500/);
        await wrong({ size: 2 }, 422, /每层至少抽一个/);
        await wrong({ struck_from: '2021-05-01', struck_to: '2021-04-01' }, 422, /struck_to/);
        await wrong({ struck_from: '2031-05-01' }, 409, /没有已销号的事项/);
        await wrong({ title: null }, 422, /title/);
    });

    await t.test('nothing is estimated before every stratum has a result', async () => {
        const before = await office.get(`rechecks/${recheck.id}/estimate`);
        assert.deepEqual([before.known, before.waiting, before.rate], [false, 20, undefined]);
    });

    await t.test('results: each its rules; an untrue one reopens the item with its history', async () => {
        const record = (who, i, body, status = 200) => who.expect(status, 'POST', `recheck_items/${i.id}/record`, { body: { means: 'site', ...body }, ifMatch: i.version });
        const [first, second, third, ...rest] = items;
        for (const [body, word] of [[{}, /result/], [{ result: 'untrue' }, /found/], [{ result: 'confirmed', checked_on: '2020-01-01' }, /checked_on/], [{ result: 'confirmed', reopen: true }, /reopen/]])
            assert.match(JSON.stringify((await record(office, first, body, 422)).json), word);
        await record(office, first, { result: 'untrue', found: '现场查看，制度没有执行。', reopen: true, due_on: '2022-01-31', checked_by: '示例甲、示例乙' });
        const item = await office.get(`rectifications/${first.rectification}`);
        assert.deepEqual([item.state, item.reopened, item.due_on, item.recheck_result, item.rechecked_on], ['rebound', 1, '2022-01-31', 'untrue', '2021-10-31']);
        const trail = (await office.get(`rectifications/${first.rectification}/history`)).items;
        assert.ok(trail.some((h) => h.operation === 'recheck_item.record') && trail.some((h) => h.operation === 'rectification.strike'));
        const now = (await itemsOf(office, recheck)).find((i) => i.id === first.id);
        assert.equal(now.reopened, true);
        assert.match(JSON.stringify((await record(office, now, { result: 'confirmed' }, 409)).json), /已按核查结论重启/);
        const supervisor = city.as('discipline');
        const refused = await record(supervisor, second, { result: 'came_back', found: '再次发生。', reopen: true }, 403);
        assert.match(refused.json.detail, /巡察办/);
        await record(supervisor, second, { result: 'came_back', found: '再次发生。', means: 'papers' });
        await record(office, third, { result: 'partial', found: '尚有一户未清退。', means: 'phone' });
        for (const i of rest) await record(office, i, { result: 'confirmed' });
        assert.equal((await office.get(`rectifications/${rest[0].rectification}`)).recheck_result, 'confirmed');
        assert.equal(await office.count('rectifications?state=done&recheck_result=confirmed'), 17);
    });

    await t.test('the estimate: rate and interval by hand', async () => {
        const e = await office.get(`rechecks/${recheck.id}/estimate`);
        assert.deepEqual([e.known, e.population, e.drawn, e.waiting, e.confirmed, e.partial, e.untrue, e.came_back], [true, closed.length, 20, 0, 17, 1, 1, 1]);
        const rate = e.strata.reduce((sum, s) => sum + (s.population / e.population) * (s.confirmed / s.checked), 0);
        assert.equal(e.rate, (rate * 100).toFixed(1));
        assert.ok(Number(e.low) < Number(e.rate) && Number(e.rate) < Number(e.high));
        assert.ok(e.true_at_least >= 0 && e.true_at_most <= e.population && e.true_at_least <= e.true_at_most);
        const figure = await office.get('figures/rate_confirmed');
        assert.deepEqual([figure.numerator, figure.denominator], [17, 20], 'of what was drawn');
        const leader = await city.as('leader').get(`rechecks/${recheck.id}/estimate`);
        assert.deepEqual(leader, e);
    });

    await t.test('is closed when every item has its result, and takes no more', async () => {
        const open = await draw({ seed: '3' });
        assert.match((await office.moveRefused(409, 'rechecks', open.id, 'close')).detail, /还有20个事项/);
        await office.move('rechecks', recheck.id, 'close');
        const last = (await itemsOf(office, recheck)).at(-1);
        const late = await office.expect(409, 'POST', `recheck_items/${last.id}/record`, { body: { means: 'site', result: 'confirmed' }, ifMatch: last.version });
        assert.match(late.json.detail, /已办结/);
    });

    await t.test('beside the rates it is told in a sentence, whose numbers open what was drawn', async () => {
        for (const login of ['leader', 'office', 'discipline']) {
            const who = city.as(login);
            const e = await who.get(`rechecks/${recheck.id}/estimate`);
            const { words } = (await who.get('figures/rectification_rate')).confirmed;
            const text = words.map((w) => w.text).join('');
            assert.ok(text.startsWith(`抽查“${recheck.title}”从当时已销号的${e.population}个（含专项巡察反馈的问题）中抽取20个，已核查20个，其中属实17个。`), text);
            assert.ok(text.includes(`据此推算，${e.rate}%属实（95%置信区间${e.low}%—${e.high}%），即这${e.population}个中有${e.true_at_least}至${e.true_at_most}个`), text);
            const links = words.filter((w) => w.list);
            assert.deepEqual(links.map((w) => w.text), [recheck.title, '20个', '20个', '17个']);
            assert.equal(links[0].list, `rechecks/${recheck.id}`);
            for (const w of links.slice(1)) assert.equal(`${await who.count(w.list)}个`, w.text, w.list);
        }
        assert.equal((await city.as('unit').get('figures/rectification_rate')).confirmed, null);
        const round = closed.find((i) => i.round).round; // no sample of this round alone, then one of some days of it
        const ofRound = async () => (await office.get(`figures/rectification_rate?round=${round}`)).confirmed.words.map((w) => w.text).join('');
        assert.match(await ofRound(), /^所选范围尚未开展“抽查”/);
        await draw({ title: '本轮抽查', round, struck_to: '2021-09-30', size: 5, seed: '9', strata: 'whole' });
        assert.match(await ofRound(), /^抽查“本轮抽查”从2021-09-30及以前销号的\d+个中抽取5个，已核查0个，其中属实0个；还有5个没有结论/);
    });

    await t.test('an item that is struck off again begins with nothing known', async () => {
        const item = items[0].rectification, unit = city.as('unit');
        const mine = (await itemsOf(office, recheck)).find((i) => i.unit_name === '示例市财政局党组');
        assert.ok(item && mine, 'the unit with an account was drawn');
        const other = await draw({ seed: '4' });
        const again = (await itemsOf(office, other)).find((i) => i.unit_name === '示例市财政局党组');
        await office.expect(200, 'POST', `recheck_items/${again.id}/record`, { body: { means: 'site', result: 'untrue', found: '未落实。', reopen: true, due_on: '2022-01-31' }, ifMatch: again.version });
        await unit.move('rectifications', again.rectification, 'apply');
        await city.as('discipline').move('rectifications', again.rectification, 'review', { opinion: '同意' });
        await office.move('rectifications', again.rectification, 'strike', { opinion: '销号' });
        const now = await office.get(`rectifications/${again.rectification}`);
        assert.deepEqual([now.state, now.recheck_result, now.rechecked_on], ['done', null, null]);
    });

    await t.test('who may: the office draws, supervisors record, the unit sees nothing of it', async () => {
        for (const login of ['unit', 'head', 'member1', 'sysadmin', 'auditor']) assert.equal((await city.as(login).request('GET', 'rechecks')).status, 403, login);
        for (const login of ['leader', 'discipline']) {
            assert.equal((await city.as(login).request('GET', 'rechecks')).status, 200, login);
            assert.equal((await city.as(login).request('POST', 'rechecks', { body: { organiser, title: '试', strata: 'unit', size: 20 } })).status, 403, login);
        }
        assert.equal(city.run('verify').code, 0);
    });
});
