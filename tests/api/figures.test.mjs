// Figures: each equals its list, for every role and filter; the same rate by several definitions; by groups; on both engines.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const READERS = ['leader', 'office', 'head', 'unit', 'discipline', 'organisation'];
const count = async (who, list) => who.count(list);
const total = (cells, what) => cells.reduce((sum, cell) => sum + cell[what], 0);

async function opens(who, figure) {
    if (!figure.applies) {
        assert.equal(figure.value, null);
        assert.ok(figure.lacks);
        return;
    }
    assert.equal(await count(who, figure.numerator_list), figure.records, `${who.name}: ${figure.id} ${figure.numerator_list}`);
    if (figure.denominator !== null) assert.equal(await count(who, figure.denominator_list), figure.denominator, `${who.name}: ${figure.id} ${figure.denominator_list}`);
}

forEachEngine('figures', async (t, city) => {
    const [leader, office] = ['leader', 'office'].map((l) => city.as(l));
    const all = await leader.get('figures');
    const of = (id) => all.find((f) => f.id === id);

    await t.test('each equals its list, for every role that reads figures, today and on an earlier day', async () => {
        for (const who of READERS.map((l) => city.as(l)))
            for (const query of ['', '?as_of=2021-08-31']) {
                const figures = await who.get('figures' + query);
                assert.ok(figures.length > 5, `${who.name} sees ${figures.length} figures`);
                for (const figure of figures) await opens(who, figure);
            }
    });
    await t.test('each equals its list under every filter; what its records lack is said', async () => {
        const round = (await office.items('rounds?type=regular&limit=1'))[0];
        const filters = ['year=2021', `round=${round.id}`, `term=${encodeURIComponent(round.term)}`, 'level=city', 'kind=government', 'framework=T6', `sector=${encodeURIComponent('自然资源')}`, `kind=government&year=2021&framework=T6`];
        for (const filter of filters) for (const figure of await office.get('figures?' + filter)) await opens(office, figure);
        const meetings = (await office.get('figures?kind=government')).find((f) => f.id === 'meetings_secretary');
        assert.deepEqual([meetings.applies, meetings.lacks], [false, '单位类别']);
    });
    await t.test('years, kinds and rounds add up to the whole', async () => {
        for (const by of ['year', 'kind', 'round', 'level', 'framework', 'theme', 'category', 'state', 'unit']) {
            const split = await leader.get(`figures/findings_fed_back/breakdown?by=${by}`);
            assert.equal(total(split.cells, 'records'), of('findings_fed_back').value, by);
            for (const cell of split.cells) {
                assert.equal(await count(leader, cell.numerator_list), cell.records, `${by} ${cell.numerator_list}`);
                assert.ok(cell.keys[0].label, `${by}: a key without a label`);
            }
        }
    });
    await t.test('a rate by groups has the counts of its groups, by two dimensions too', async () => {
        const split = await leader.get('figures/rectification_rate/breakdown?by=round');
        assert.deepEqual([total(split.cells, 'numerator'), total(split.cells, 'denominator')], [of('rectification_rate').numerator, of('rectification_rate').denominator]);
        for (const cell of split.cells) {
            assert.equal(await count(leader, cell.denominator_list), cell.denominator);
            assert.equal(cell.value, Math.round((cell.numerator / cell.denominator) * 10000) / 100);
        }
        const two = await leader.get('figures/findings_immediate/breakdown?by=year,theme');
        assert.equal(total(two.cells, 'records'), of('findings_immediate').value);
        assert.ok(two.cells.every((cell) => cell.keys.length === 2));
    });
    await t.test('the same rate by other definitions differs by the records that are named', async () => {
        const unit = city.as('unit');
        const open = (await unit.items('rectifications?state=ongoing&limit=1'))[0];
        await unit.patch('rectifications', open.id, { result: '已修订制度并组织核查。' });
        await unit.attach('rectifications', open.id, open.inspection, '会议纪要');
        await unit.move('rectifications', open.id, 'apply');
        const shown = await leader.get('figures/rectification_rate');
        assert.deepEqual(shown.variants.map((v) => v.id), ['rectification_rate', 'rate_claimed', 'rate_strict', 'rate_with_basic', 'rate_with_long']);
        const accepted = shown.variants[0];
        for (const v of shown.variants) {
            const moved = (v.gains?.records ?? 0) - (v.loses?.records ?? 0);
            assert.equal(v.numerator, accepted.numerator + moved, v.id);
            assert.equal(v.denominator, accepted.denominator);
            for (const difference of [v.gains, v.loses].filter(Boolean)) assert.equal(await count(leader, difference.list), difference.records);
        }
        assert.ok(shown.variants.find((v) => v.id === 'rate_claimed').gains.records > 0);
        assert.equal((await leader.get('figures/units_covered')).variants, undefined);
        assert.ok(shown.dimensions.some((d) => d.name === 'theme'));
    });
    await t.test('why they differ: a sentence a step, each number the list that it opens', async () => {
        const [unit, discipline] = [city.as('unit'), city.as('discipline')];
        // Four that were struck off come back: struck off again, basically done, long-term, and still to be done.
        const [again, basic, long, open] = (await unit.items('rectifications?state=done&round.type=regular&sort=number')).slice(0, 4);
        for (const i of [again, basic, long, open]) await office.move('rectifications', i.id, 'reopen', { reason: '反弹', due_on: '2022-03-31' });
        await unit.move('rectifications', again.id, 'apply');
        await discipline.move('rectifications', again.id, 'review', { opinion: '同意' });
        await office.move('rectifications', again.id, 'strike', { opinion: '销号' });
        const asked = (i, kind, more) => unit.post('adjustments', { rectification: i.id, kind, cause: 'other', reason: '待决算', ...more });
        const granted = async (a, ...who) => { for (const w of who) await w.move('adjustments', a.id, 'grant', { opinion: '同意' }); };
        await granted(await asked(basic, 'basic'), discipline, office);
        await granted(await asked(long, 'long_term', { due_on: '2022-06-30', stage_target: '完成测绘' }), office, leader);
        for (const path of ['figures/rectification_rate', 'figures/rectification_rate?kind=government', 'figures/rectification_rate?as_of=2021-06-30', 'figures/rate_strict']) {
            const shown = await leader.get(path);
            const value = Object.fromEntries(shown.variants.map((v) => [v.id, v]));
            assert.deepEqual(shown.steps.map((s) => [s.of, s.from, s.fewer]), [['rate_claimed', 'rectification_rate', false], ['rate_strict', 'rectification_rate', true], ['rate_with_basic', 'rectification_rate', false], ['rate_with_long', 'rate_with_basic', false]]);
            for (const s of shown.steps) {
                assert.equal(value[s.of].numerator - value[s.from].numerator, s.fewer ? 0 - s.records : s.records, `${path} ${s.of}`);
                assert.equal(await count(leader, s.list), s.records, s.list);
                const text = s.words.map((w) => w.text).join('');
                for (const id of [s.of, s.from]) assert.ok(text.includes(`${value[id].value.toFixed(2)}%`), `${text} tells ${value[id].value}`);
                assert.deepEqual(s.words.filter((w) => w.list), s.records ? [{ text: `${s.records}个`, list: s.list }] : [], text);
                assert.match(text, s.records ? /^“.+”为[\d.]+%，比“.+”的[\d.]+%[多少]计\d+个：.+的问题。$/ : /^“.+”与“.+”同为[\d.]+%：.+的问题，目前一个也没有。$/);
            }
            const counted = value.rate_with_long.numerator + shown.steps[0].records;
            assert.equal(shown.rest.records, shown.denominator - counted, `${path}: the rest`);
            assert.equal(await count(leader, shown.rest.list), shown.rest.records);
        }
        const now = await leader.get('figures/rectification_rate');
        assert.deepEqual(now.steps.map((s) => s.records), [1, 1, 1, 1], 'none of them is empty');
        assert.match(now.steps[0].words.map((w) => w.text).join(''), /单位报了完成、申请销号，尚未通过审核/);
        assert.match(now.confirmed.words[0].text, /^所选范围尚未开展“抽查”/);
        assert.equal((await leader.get('figures/rectification_rate?kind=government')).confirmed, null, 'no sample speaks of a part of it');
        assert.equal((await city.as('unit').get('figures/rectification_rate')).confirmed, null, 'the unit sees no rechecks');
        leader.lang = 'en';
        const english = await leader.get('figures/rectification_rate');
        leader.lang = null;
        for (const s of [...english.steps, english.rest, english.confirmed]) assert.doesNotMatch(s.words.map((w) => w.text).join(''), /[\u3400-\u9fff]/);
        assert.equal((await leader.get('figures/units_covered')).steps, undefined);
        const nothing = await leader.get('figures/rectification_rate?as_of=2010-01-01');
        assert.deepEqual([nothing.value, nothing.steps, nothing.rest, nothing.confirmed], [null, [], null, null], 'there is nothing to tell of a rate over nothing');
    });
    await t.test('coverage of an earlier day is of what had been entered by then, and no year narrows its base', async () => {
        const day = '2021-06-30';
        const on = async (query) => Object.fromEntries((await leader.get('figures' + query)).map((f) => [f.id, f]));
        const [now, then, early] = [await on(''), await on(`?as_of=${day}`), await on('?as_of=2010-01-01')];
        const entered = (await leader.all('units')).filter((u) => u.in_coverage && !u.merged_into && u.covered_on && u.covered_on <= day).length;
        assert.ok(entered > 0 && entered < now.coverage_rate.numerator, 'the day tells them apart');
        assert.deepEqual([then.coverage_rate.numerator, then.units_base_covered.value, then.coverage_rate.denominator], [entered, entered, now.units_base.value]);
        assert.deepEqual([early.coverage_rate.value, early.teams.value, early.trainings_people.value], [0, 0, 0]);
        assert.deepEqual([now.units_base.knows_days, now.projects_late.knows_days, now.coverage_rate.knows_days, now.teams.knows_days], [false, false, true, true]);
        const year = await on('?year=2021');
        assert.deepEqual([year.coverage_rate.applies, year.units_base.lacks, year.units_covered.applies], [false, '年度', true]);
        assert.ok(!(await leader.get('figures/units_base')).dimensions.some((d) => d.name === 'year'));
        await leader.refused(422, 'GET', 'figures/units_base/breakdown?by=year');
    });
    await t.test('what is entered for a day to come counts when it has come', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        const of = async () => (await office.get('figures')).find((f) => f.id === 'trainings_special').value;
        const before = await of();
        await office.post('trainings', { organiser, kind: 'field', body: 'office', maker: '示例市委巡察办', number: '示培〔2031〕1号', title: '来年的培训', held_on: '2031-03-01', attendance: 40 });
        assert.equal(await of(), before);
        const today = (await office.get('session')).today;
        assert.equal((await office.get(`figures?as_of=${today}`)).find((f) => f.id === 'trainings_special').value, before);
        assert.equal((await office.get('figures?as_of=2031-03-01')).find((f) => f.id === 'trainings_special').value, before + 1);
    });
    await t.test('sums are sums of what their lists show', async () => {
        const items = await office.items('rectifications?fields=rules_made,state&limit=200');
        const sum = items.filter((r) => r.state !== 'revoked').reduce((n, r) => n + (r.rules_made ?? 0), 0);
        assert.ok(items.length < 200);
        assert.equal((await office.get('figures')).find((f) => f.id === 'effect_rules').value, sum);
    });
    await t.test('special rounds move no regular figure', async () => {
        const before = await leader.get('figures');
        const special = before.find((f) => f.id === 'findings_special'), everything = before.find((f) => f.id === 'findings_all');
        assert.equal(everything.value, before.find((f) => f.id === 'findings_fed_back').value + special.value);
    });
    await t.test('what is wrong is named', async () => {
        const stated = (problem, field) => assert.ok(problem.errors.some((e) => e.field === field && e.remedy), JSON.stringify(problem));
        stated(await leader.refused(422, 'GET', 'figures?year=二〇二一'), 'year');
        stated(await leader.refused(422, 'GET', 'figures?year=1900'), 'year');
        stated(await leader.refused(422, 'GET', 'figures?kind=nothing'), 'kind');
        stated(await leader.refused(422, 'GET', 'figures?as_of=2021-02-30'), 'as_of');
        stated(await leader.refused(422, 'GET', 'figures?colour=red'), 'colour');
        stated(await leader.refused(422, 'GET', 'figures/findings_fed_back/breakdown'), 'by');
        stated(await leader.refused(422, 'GET', 'figures/findings_fed_back/breakdown?by=year,theme,kind'), 'by');
        stated(await leader.refused(422, 'GET', 'figures/meetings_secretary/breakdown?by=kind'), 'by');
        await leader.refused(404, 'GET', 'figures/nothing');
        for (const who of ['sysadmin', 'secadmin', 'auditor', 'member1']) await city.as(who).refused(403, 'GET', 'figures/rectification_rate');
        await city.as('unit').refused(404, 'GET', 'figures/instructions');
    });
    await t.test('in English too', async () => {
        leader.lang = 'en';
        const figures = await leader.get('figures');
        leader.lang = null;
        for (const f of figures) assert.ok(!/[\u4e00-\u9fff]/.test(f.name + f.definition + f.group_label), f.id);
    });
});
