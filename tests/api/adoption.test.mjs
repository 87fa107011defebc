// A round adopts a later version of its rules: what moves is shown first, then decided, and the dates follow.
import assert from 'node:assert/strict';
import { Client, NOBODY, forEachEngine, made } from './lib.mjs';

const TODAY = { serve: ['--today', '2021-12-01'] };
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field), `${field} in ${JSON.stringify(problem)}`);
const PAPER = { number: '示巡组〔2021〕9号', decided_by: '示例市委巡察工作领导小组', reason: '新规则将整改期限调整为三个月。', means: 'ink', paper_no: '示巡组〔2021〕9号', on_behalf_of: '示组长' };
const numbers = (rows) => rows.map((m) => m.number).sort((a, b) => a - b);
const of = (rows, term) => rows.filter((m) => m.term === term);

// A round of the autumn, fed back on 15 September: its items are due on 15 November by version 1, on 15 December by version 2.
async function autumn(city) {
    const [office, unit] = ['office', 'unit'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const finance = (await office.items('units?code=SZ001'))[0].id;
    const round = await office.post('rounds', { organiser, term: '第十三届', type: 'regular', number: 5, name: '示例市委第五轮巡察', year: 2021, taxonomy: 'T6', taxonomy2: 'T5', starts_on: '2021-08-01', ends_on: '2021-09-10' });
    const enter = (number, more) => office.post('findings/past', { round: round.id, unit: finance, number, title: `补录的第${number}个问题`, fed_back_on: '2021-09-15', ...more });
    for (const n of [1, 2, 3, 5, 6, 8, 9]) await enter(n, { state: 'ongoing' });
    await enter(4, { state: 'ongoing', due_on: '2022-02-28' });
    await enter(7, { struck_off_on: '2021-11-01' });
    await enter(10, { struck_off_on: '2021-11-01' });
    const all = await office.all(`rectifications?round=${round.id}`);
    const item = (n) => all.find((i) => i.number === n);
    for (const n of [5, 6, 9]) {
        await unit.patch('rectifications', item(n).id, { measures: '逐项核对。', leader: '示书记', result: '已完成。' });
        await office.attach('rectifications', item(n).id, item(n).inspection, `佐证 ${n}`, '佐证.txt', { kind: 'scan' });
    }
    return { organiser, finance, round, item, fresh: (n) => office.get(`rectifications/${item(n).id}`) };
}

forEachEngine('adopting a later rule set', TODAY, async (t, city) => {
    const [office, unit, discipline, leader] = ['office', 'unit', 'discipline', 'leader'].map((l) => city.as(l));
    const on = await autumn(city);
    const rules = await office.get(`rule_sets/${on.round.rule_set}/rules`);
    const publish = async (change) => (await office.post('rule_sets', { body: JSON.stringify(change({ ...structuredClone(rules), version: 2, valid_from: '2021-11-20' })) })).id;
    const longer = (r) => ((r.deadlines.rectification = { count: 3, unit: 'months' }), (r.deadlines.review = { count: 7, unit: 'days' }), r);
    const second = await publish(longer);
    const at = (rule_set) => `rounds/${on.round.id}/adoption?rule_set=${rule_set}`;

    // 2 extended, 3 long-term, 4 dated by hand, 5 was returned, 6 is with the reviewer, 9 basically done, 7 and 10 struck off, 10 came back
    const extended = await unit.post('adjustments', { rectification: on.item(2).id, kind: 'extension', cause: 'other', reason: '待决算', due_on: '2022-03-31' });
    await office.move('adjustments', extended.id, 'grant', { opinion: '同意' });
    const long = await unit.post('adjustments', { rectification: on.item(3).id, kind: 'long_term', cause: 'titles', reason: '历史遗留', due_on: '2022-06-30', stage_target: '完成测绘' });
    await office.move('adjustments', long.id, 'grant', { opinion: '同意' });
    await city.as('leader').move('adjustments', long.id, 'grant', { opinion: '同意' });
    const basic = await unit.post('adjustments', { rectification: on.item(9).id, kind: 'basic', cause: 'other', reason: '主体已完成' });
    await discipline.move('adjustments', basic.id, 'grant', { opinion: '同意' });
    await office.move('adjustments', basic.id, 'grant', { opinion: '同意' });
    await unit.move('rectifications', on.item(5).id, 'apply', { effective_on: '2021-12-01' });
    await discipline.move('rectifications', on.item(5).id, 'return', { reason: '材料不足' });
    await unit.move('rectifications', on.item(6).id, 'apply');
    await office.move('rectifications', on.item(10).id, 'reopen', { reason: '反弹', due_on: '2022-01-31' });

    await t.test('the preview tells what moves and what does not and why, and writes nothing', async () => {
        const version = await office.version(`rounds/${on.round.id}`);
        const seen = await office.get(at(second));
        assert.deepEqual([seen.before.number, seen.after.number, seen.closed], [1, 2, 1]);
        assert.deepEqual(numbers(of(seen.moves, 'item')), [1, 5, 6, 8]);
        for (const m of of(seen.moves, 'item')) assert.deepEqual([m.due_before, m.due_after], ['2021-11-15', '2021-12-15'], `${m.number}`);
        assert.deepEqual(Object.fromEntries(seen.kept.map((k) => [k.number, k.why])), { 2: 'extended', 3: 'long_term', 4: 'by_hand', 9: 'basic', 10: 'reopened' });
        assert.ok(seen.kept.every((k) => k.words.length > 3 && k.due_before === k.due_after));
        assert.deepEqual(of(seen.moves, 'examine').map((m) => [m.kind, m.id, m.number, m.due_before, m.due_after]), [['rectifications', on.item(6).id, 6, '2021-12-16', '2021-12-08']], 'the reviewer has a week from the application');
        assert.deepEqual(seen.counts.map((x) => [x.term, x.moves, x.stays]), [['item', 4, 5], ['examine', 1, 0], ['filing', 0, 0], ['opinion', 0, 0], ['collate', 0, 0]]);
        assert.ok([...seen.moves, ...seen.counts].every((x) => x.term_label.length > 3));
        assert.equal(await office.version(`rounds/${on.round.id}`), version);
        assert.equal(await office.count(`adoptions?round=${on.round.id}`), 0);
        assert.equal((await on.fresh(1)).due_on, '2021-11-15');
    });

    await t.test('refused: no version, a lower one, other rules, one that is not in force, what lacks the round\'s categories', async () => {
        stated(await office.refused(422, 'GET', `rounds/${on.round.id}/adoption`), 'rule_set');
        await office.refused(404, 'GET', at(NOBODY));
        stated(await office.refused(409, 'GET', at(on.round.rule_set)), 'rule_set');
        for (const [name, change] of [
            ['a lower number', (r) => ({ ...r, version: 0 })],
            ['other rules', (r) => ({ ...r, code: 'city-other' })],
            ['not yet in force', (r) => ({ ...r, version: 3, valid_from: '2022-01-01' })],
            ['no longer in force', (r) => ({ ...r, version: 4, valid_to: '2021-11-25' })],
            ['without a taxonomy', (r) => ({ ...r, version: 5, taxonomies: r.taxonomies.filter((x) => x.code !== 'T5') })],
            ['without a category', (r) => (r.taxonomies.find((x) => x.code === 'T6').nodes.pop(), { ...r, version: 6 })],
            ['without a theme', (r) => (r.taxonomies.find((x) => x.code === 'THEME').nodes.shift(), { ...r, version: 7 })],
        ]) {
            const bad = await publish(change);
            stated(await office.refused(409, 'GET', at(bad)), 'rule_set');
            stated(await office.moveRefused(409, 'rounds', on.round.id, 'adopt', { ...PAPER, rule_set: bad }), 'rule_set');
            assert.equal((await office.get(`rounds/${on.round.id}`)).rule_set, on.round.rule_set, name);
        }
        const chain = await publish((r) => ((r.chains.strike_off = [...r.chains.strike_off, { ...r.chains.strike_off[1], step: 'again' }]), { ...r, version: 8 }));
        assert.match((await office.refused(409, 'GET', at(chain))).detail, /销号审核.*1件/, 'an item is with the reviewer');
        const waiting = await unit.post('adjustments', { rectification: on.item(8).id, kind: 'extension', cause: 'other', reason: '待决算', due_on: '2022-05-31' });
        const path = await publish((r) => ((r.chains.adjust_extension = [...r.chains.adjust_extension, { ...r.chains.adjust_long_term[1] }]), { ...r, version: 90 }));
        assert.match((await office.refused(409, 'GET', at(path))).detail, /整改调整审批.*1件/, 'an adjustment is on its way');
        await unit.move('adjustments', waiting.id, 'withdraw', { reason: '不再需要' });
        assert.equal((await office.request('GET', at(path))).status, 200);
    });

    await t.test('the leading group decides, on paper, with number and reason; nobody but the office enters it', async () => {
        for (const field of ['number', 'decided_by', 'reason', 'rule_set']) stated(await office.moveRefused(422, 'rounds', on.round.id, 'adopt', { ...PAPER, rule_set: second, [field]: undefined }), field);
        for (const field of ['means', 'paper_no', 'on_behalf_of']) stated(await office.moveRefused(422, 'rounds', on.round.id, 'adopt', { ...PAPER, rule_set: second, [field]: undefined }), field);
        stated(await office.moveRefused(422, 'rounds', on.round.id, 'adopt', { ...PAPER, rule_set: second, effective_on: '2021-12-02' }), 'effective_on');
        stated(await office.moveRefused(409, 'rounds', on.round.id, 'adopt', { ...PAPER, rule_set: second, effective_on: '2021-11-19' }), 'rule_set');
        await office.refused(412, 'POST', `rounds/${on.round.id}/adopt`, { body: { ...PAPER, rule_set: second }, ifMatch: 999 });
        await office.refused(428, 'POST', `rounds/${on.round.id}/adopt`, { body: { ...PAPER, rule_set: second } });
        for (const login of ['leader', 'discipline', 'unit', 'head', 'member1', 'sysadmin', 'auditor']) {
            await city.as(login).refused(403, 'POST', `rounds/${on.round.id}/adopt`, { body: { ...PAPER, rule_set: second }, ifMatch: 1 });
            await city.as(login).refused(403, 'GET', at(second));
        }
        await new Client(city).refused(401, 'GET', at(second));
        const elsewhere = await city.person('lin.xian', '邻县', { role: 'office', unit: on.finance });
        await elsewhere.refused(404, 'GET', at(second));
        await elsewhere.refused(404, 'POST', `rounds/${on.round.id}/adopt`, { body: { ...PAPER, rule_set: second }, ifMatch: 1 });
    });

    // The daily run over the deadlines, while nobody serves the ledger.
    async function lettersOn(today) {
        await city.stop();
        made(['escalate', ...city.args, '--today', today], { cwd: city.folder });
        await city.start(['--today', today]);
        return office.all(`letter_items?rectification=${on.item(8).id}&fields=due_on,letter,left_out_on`);
    }

    await t.test('before it, a letter is drafted about what is late by the old rules', async () => {
        assert.deepEqual((await lettersOn('2021-12-01')).map((l) => [l.due_on, l.left_out_on]), [['2021-11-15', null]]);
    });

    await t.test('adopted: dates move, what was granted stays, figures and lights follow, the paper is kept', async () => {
        const overdue = (await leader.figure('items_overdue')).value;
        assert.deepEqual(numbers(await office.all(`rectifications?round=${on.round.id}&light=red`)), [1, 5, 8, 9]);
        const round = await office.move('rounds', on.round.id, 'adopt', { ...PAPER, rule_set: second, effective_on: '2021-11-30' });
        assert.equal(round.rule_set, second);
        const [adoption] = await office.items(`adoptions?round=${on.round.id}`);
        const whole = await leader.get(`adoptions/${adoption.id}`);
        assert.deepEqual([whole.number_before, whole.number_after, whole.rules_before, whole.rules_after, whole.decided_on, whole.items_moved, whole.items_kept, whole.items_same], [1, 2, on.round.rule_set, second, '2021-11-30', 4, 5, 0]);
        assert.deepEqual([whole.number, whole.decided_by, whole.reason, whole.on_behalf_of], [PAPER.number, PAPER.decided_by, PAPER.reason, '示组长']);
        const [signature] = await office.items(`signatures?record=${adoption.id}`);
        assert.deepEqual([signature.means, signature.paper_no, signature.decision, signature.person_name, signature.signed_on], ['ink', PAPER.paper_no, 'sign', '示组长', '2021-11-30']);
        const due = Object.fromEntries(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(async (n) => [n, (await on.fresh(n)).due_on])));
        assert.deepEqual(due, { 1: '2021-12-15', 2: '2022-03-31', 3: '2022-06-30', 4: '2022-02-28', 5: '2021-12-15', 6: '2021-12-15', 7: '2021-11-15', 8: '2021-12-15', 9: '2021-11-15', 10: '2022-01-31' });
        assert.deepEqual(numbers(await office.all(`rectifications?round=${on.round.id}&light=red`)), [9], 'what was due by the old rules is late no more');
        assert.equal((await leader.figure('items_overdue')).value, overdue - 3, 'items 1, 5 and 8');
        const history = await unit.items(`rectifications/${on.item(1).id}/history`);
        const moved = history.find((h) => h.operation === 'round.adopt');
        assert.ok(moved, 'the item tells which decision moved its date');
        assert.equal((await on.fresh(1)).effective_on, '2021-11-30');
        assert.equal((await on.fresh(5)).effective_on, '2021-12-01', 'an item that moved later keeps its own day');
        await unit.refused(403, 'GET', `adoptions/${adoption.id}`);
        await office.refused(409, 'GET', at(second));
    });

    await t.test('from then on reviewers have the new term, and the clock goes on from the new date', async () => {
        assert.equal((await on.fresh(6)).examine_by, '2021-12-08', 'whoever holds it has a week from when he got it');
        const reviewed = await discipline.move('rectifications', on.item(6).id, 'review', { opinion: '同意' });
        assert.equal(reviewed.examine_by, '2021-12-08', 'the next one has a week');
        const item = await on.fresh(1);
        await city.restart(['--today', '2021-12-11']);
        const late = await office.get(at(second)).catch(() => null);
        assert.equal(late, null);
        await office.move('rectifications', on.item(6).id, 'return', { reason: '重新盖章' });
        assert.equal((await on.fresh(6)).due_on, '2021-12-25', 'ten days stood');
        assert.equal((await on.fresh(6)).due_first, '2021-12-15');
        // A third version gives two months and ten days: what stood stays added.
        const third = (await office.post('rule_sets', { body: JSON.stringify({ ...structuredClone(rules), version: 9, valid_from: '2021-12-05', deadlines: { ...rules.deadlines, rectification: { count: 100, unit: 'days' } } }) })).id;
        const moves = of((await office.get(at(third))).moves, 'item');
        assert.deepEqual(moves.map((m) => [m.number, m.due_after]).sort((a, b) => a[0] - b[0]), [[1, '2021-12-24'], [5, '2021-12-24'], [6, '2022-01-03'], [8, '2021-12-24']]);
        await office.move('rounds', on.round.id, 'adopt', { ...PAPER, number: '示巡组〔2021〕10号', rule_set: third });
        assert.deepEqual([(await on.fresh(6)).due_on, (await on.fresh(6)).due_first, (await on.fresh(1)).due_first], ['2022-01-03', '2021-12-24', null]);
        assert.equal(item.due_on, '2021-12-15');
        assert.equal(await office.count(`adoptions?round=${on.round.id}`), 2);
    });

    await t.test('the ladder of letters begins anew under the new date', async () => {
        const about = await lettersOn('2021-12-27');
        assert.deepEqual(about.map((l) => [l.due_on, l.left_out_on]), [['2021-12-24', null]], 'the draft that nobody has issued takes it up under its new date');
        assert.equal((await office.get(`letters/${about[0].letter}`)).step, 1);
    });
    assert.equal(city.run('verify').code, 0);
});

// Two of five bodies are still to give their opinion of the plan; an objection is open, and the unit takes it back later.
forEachEngine('what is filed and reviewed under rules that change', TODAY, async (t, city) => {
    const [office, unit] = ['office', 'unit'].map((l) => city.as(l));
    const on = await autumn(city);
    const inspection = on.item(1).inspection;
    const rules = await office.get(`rule_sets/${on.round.rule_set}/rules`);
    const publish = async (change) => (await office.post('rule_sets', { body: JSON.stringify(change(structuredClone(rules))) })).id;
    const days = (count) => ({ count, unit: 'days' });
    const at = (rule_set) => `rounds/${on.round.id}/adoption?rule_set=${rule_set}`;
    const adopt = (rule_set, number, more) => office.move('rounds', on.round.id, 'adopt', { ...PAPER, number, rule_set, ...more });
    const give = (row) => office.move('filing_reviews', row.id, 'give', { verdict: 'agreed', means: 'ink', paper_no: '会审1号', on_behalf_of: '示审核' });
    const opinions = () => office.all(`filing_reviews?filing=${plan.id}&sort=place`);
    const adopted = async (path) => (await office.items(`${path}/history`)).filter((h) => h.operation === 'round.adopt').length;

    const objection = await office.post('objections', { rectification: on.item(8).id, wish: 'amend', grounds: '数字有误', asked_on: '2021-09-20', asked_by: '示例财政局' });
    const planned = (n) => unit.patch('rectifications', on.item(n).id, { measures: '逐项核对。', target: '账实相符。', leader: '示分管', department: '办公室', handler: '示经办' });
    for (const n of [1, 2, 3, 4, 5, 6, 9]) await planned(n);
    const wrong = await office.post('objections', { rectification: on.item(9).id, wish: 'withdraw', grounds: '事实不清', asked_on: '2021-09-22', asked_by: '示例财政局' });
    const plan = await office.post('filings', { inspection, kind: 'plan', text: '一、总体要求。', pledge: '本人对落实负责。', pledged_by: '示书记', pledged_on: '2021-11-30' });
    assert.equal(plan.due_on, '2021-10-15', 'a month from the feedback');
    await office.move('filings', plan.id, 'submit');
    for (const row of (await opinions()).slice(0, 3)) await give(row);
    const longer = (r) => {
        r.deadlines = { ...r.deadlines, plan: { count: 2, unit: 'months' }, rectification: { count: 3, unit: 'months' }, objection: days(5) };
        for (const body of r.reviews.plan.bodies) body.term = days(body.name === 'head' ? 10 : 20);
        return { ...r, version: 2, valid_from: '2021-11-20' };
    };
    const second = await publish(longer);

    await t.test('shown before: each date with what it is, its old and its new day', async () => {
        const seen = await office.get(at(second));
        assert.deepEqual(of(seen.moves, 'filing').map((m) => [m.kind, m.id, m.title, m.state, m.due_before, m.due_after]), [['filings', plan.id, plan.title, 'in_review', '2021-10-15', '2021-11-15']]);
        assert.deepEqual(of(seen.moves, 'opinion').map((m) => [m.kind, m.label, m.due_before, m.due_after]), [['filing_reviews', '市委巡察办', '2021-12-11', '2021-12-21']]);
        assert.deepEqual(of(seen.kept, 'opinion').map((m) => [m.label, m.why]), [['市委巡察组', 'same']]);
        assert.deepEqual(seen.counts.map((x) => [x.term, x.moves, x.stays]), [['item', 7, 1], ['examine', 0, 0], ['filing', 1, 0], ['opinion', 1, 1], ['collate', 0, 0]]);
        assert.equal((await office.get(`filings/${plan.id}`)).due_on, '2021-10-15', 'nothing is written');
        office.lang = 'en';
        assert.equal(of((await office.get(at(second))).moves, 'filing')[0].term_label, 'Filing due');
        office.lang = null;
    });

    await t.test('adopted: they move, their histories say by which decision; opinions that were given stay', async () => {
        await adopt(second, '示巡组〔2021〕9号');
        assert.equal((await unit.get(`filings/${plan.id}`)).due_on, '2021-11-15');
        assert.deepEqual((await opinions()).map((r) => r.due_on), ['2021-12-11', '2021-12-11', '2021-12-11', '2021-12-21', '2021-12-11']);
        const [given, , , moved, same] = await opinions();
        assert.deepEqual([await adopted(`filings/${plan.id}`), await adopted(`filing_reviews/${moved.id}`), await adopted(`filing_reviews/${given.id}`), await adopted(`filing_reviews/${same.id}`)], [1, 1, 0, 0]);
        const [adoption] = await office.items(`adoptions?round=${on.round.id}&fields=items_moved,items_kept,items_same`);
        assert.deepEqual([adoption.items_moved, adoption.items_kept, adoption.items_same], [7, 1, 0], 'it counts items alone');
    });

    await t.test('an objection that was filed keeps its term; taken back, the item is due by the new rules', async () => {
        assert.equal((await on.fresh(8)).due_on, '2021-12-15');
        assert.equal((await office.get(`objections/${objection.id}`)).term_on, '2021-09-30');
        const back = await office.move('objections', objection.id, 'withdraw', { reason: '已说明', on_behalf_of: '示例财政局' });
        assert.deepEqual([back.due_before, back.due_after, (await on.fresh(8)).due_on], ['2021-11-15', '2021-12-15', '2021-12-15']);
        await office.move('objections', wrong.id, 'uphold', { opinion: '撤回。' });
        assert.deepEqual([(await on.fresh(9)).state, (await on.fresh(9)).due_on], ['revoked', '2021-12-15'], 'one that is taken back bears the date it had last');
        const late = { body: { rectification: on.item(1).id, wish: 'amend', grounds: '数字有误', asked_on: '2021-09-21', asked_by: '示例财政局' } };
        stated(await office.refused(422, 'POST', 'objections', late), 'asked_on');
    });

    await t.test('with the collator: his term moves, and so it does after the days that the unit did not have it', async () => {
        for (const row of (await opinions()).slice(3)) await give(row);
        assert.equal((await office.get(`filings/${plan.id}`)).collate_by, '2021-12-06');
        const third = await publish((r) => ((r = { ...longer(r), version: 3 }), (r.reviews.plan.term = days(9)), delete r.deadlines.plan, r));
        const seen = await office.get(at(third));
        assert.deepEqual(seen.moves.map((m) => [m.term, m.id, m.due_before, m.due_after]), [['collate', plan.id, '2021-12-06', '2021-12-10']]);
        assert.deepEqual(of(seen.kept, 'filing').map((m) => [m.id, m.why]), [[plan.id, 'no_term']]);
        await adopt(third, '示巡组〔2021〕10号');
        const now = await office.get(`filings/${plan.id}`);
        assert.deepEqual([now.due_on, now.collate_by], ['2021-11-15', '2021-12-10']);
        await city.restart(['--today', '2021-12-05']);
        const returned = await city.as('discipline').move('filings', plan.id, 'return', { reason: '第二项不具体' });
        assert.deepEqual([returned.due_on, returned.stood_days], ['2021-11-19', 4]);
    });

    await t.test('a second reviewer has the new term from the day that the first one signed', async () => {
        await unit.move('rectifications', on.item(5).id, 'apply', { effective_on: '2021-12-01' });
        await city.as('discipline').move('rectifications', on.item(5).id, 'review', { opinion: '同意', effective_on: '2021-12-04' });
        const other = await publish((r) => ((r = { ...longer(r), version: 90 }), (r.deadlines.review = days(3)), r));
        assert.deepEqual(of((await office.get(at(other))).moves, 'examine').map((m) => [m.number, m.due_before, m.due_after]), [[5, '2021-12-19', '2021-12-07']]);
    });

    await t.test('a filing whose date the old rules do not give keeps its own; one passed is none of it', async () => {
        await planned(8);
        const fourth = await publish((r) => ({ ...longer(r), version: 4, deadlines: { ...r.deadlines, plan: days(90), rectification: { count: 3, unit: 'months' } } }));
        assert.deepEqual((await office.get(at(fourth))).kept.filter((m) => m.kind === 'filings').map((m) => m.why), ['by_hand'], 'version 3 gave plans no term');
        await office.move('filings', plan.id, 'submit');
        for (const row of (await opinions()).filter((r) => r.state === 'open')) await give(row);
        await city.as('discipline').move('filings', plan.id, 'approve', { opinion: '同意。' });
        assert.deepEqual((await office.get(at(fourth))).counts.filter((x) => ['filing', 'opinion', 'collate'].includes(x.term)).map((x) => x.moves + x.stays), [0, 0, 0]);
    });
    assert.equal(city.run('verify').code, 0);
});
