// What a unit files about its rectification, and the bodies that review it: complete or not taken, each its own opinion,
// one that makes an answer of them, and nothing that vanishes on the way.
import assert from 'node:assert/strict';
import { Client, NOBODY, forEachEngine } from './lib.mjs';

const TODAY = { serve: ['--today', '2021-12-01'] };
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const waits = async (who, kind) => (await who.get('tasks')).items.filter((t) => t.kind === kind).length;
const PLAN = { text: '一、总体要求。对照反馈意见逐项整改。二、组织领导。成立整改工作领导小组。', pledge: '本人对方案的真实性和整改落实负责。', pledged_by: '示书记', pledged_on: '2021-11-30' };
const SAID = { measures: '修订制度，逐项核对。', target: '账实相符。', leader: '示分管', department: '办公室', handler: '示经办' };

// A unit with open items, and one account a body.
async function ground(city) {
    const unit = city.as('unit');
    const [item] = await unit.items('rectifications?state=ongoing&limit=1');
    const inspection = item.inspection;
    const items = await unit.all(`rectifications?inspection=${inspection}&sort=number`);
    const people = { unit, office: city.as('office'), discipline: city.as('discipline'), organisation: city.as('organisation'), leader: city.as('leader'), head: city.as('head') };
    people.propaganda = city.as('propaganda');
    const chief = await city.person('zu.zhang', '示组长', { role: 'head', inspection });
    people.chief = chief;
    return { inspection, items, open: items.filter((i) => ['pending', 'ongoing', 'basic', 'long_term', 'rebound'].includes(i.state)), ...people };
}
const fill = async (on) => {
    for (const i of on.open) await on.unit.patch('rectifications', i.id, SAID);
};
const rows = (on, filing, turn) => on.office.all(`filing_reviews?filing=${filing}&turn=${turn}&sort=place`);
const bodyOf = { discipline: 'discipline', organisation: 'organisation', propaganda: 'propaganda', office: 'office', head: 'chief' };

forEachEngine('a plan before five bodies', TODAY, async (t, city) => {
    const on = await ground(city);
    let plan;

    await t.test('what is incomplete is not taken, and every gap is named', async () => {
        stated(await on.unit.refused(422, 'POST', 'filings', { body: { inspection: on.inspection } }), 'kind');
        await on.unit.refused(409, 'POST', 'filings', { body: { inspection: on.inspection, kind: 'progress' } });
        plan = await on.unit.post('filings', { inspection: on.inspection, kind: 'plan', text: PLAN.text });
        assert.deepEqual([plan.state, plan.turn], ['draft', 0]);
        assert.match(plan.title, /整改方案$/);
        assert.ok(plan.due_on, 'a plan has its term from the feedback');
        await on.unit.refused(409, 'POST', 'filings', { body: { inspection: on.inspection, kind: 'plan' } });
        assert.equal(await waits(on.unit, 'filing.submit'), 1);
        assert.equal((await on.discipline.all('filings')).length, 0, 'a draft is the unit\'s own');
        for (const i of on.open) await on.unit.patch('rectifications', i.id, { handler: null });
        const refusal = await on.unit.moveRefused(409, 'filings', plan.id, 'submit');
        for (const field of ['pledge', 'pledged_by', 'pledged_on', 'items']) stated(refusal, field);
        assert.equal(refusal.errors.filter((e) => e.field === 'items').length, on.open.length, 'one an item');
        assert.match(refusal.errors.find((e) => e.field === 'items').rule, /责任人/);
        await fill(on);
        plan = await on.unit.patch('filings', plan.id, PLAN);
        stated(await on.unit.moveRefused(422, 'filings', plan.id, 'submit', { effective_on: '2021-12-02' }), 'effective_on');
    });

    await t.test('filed, it lies before five bodies at once, each with a term; nobody collates yet', async () => {
        plan = await on.unit.move('filings', plan.id, 'submit');
        assert.deepEqual([plan.state, plan.turn, plan.submitted_on, plan.awaiting ?? null], ['in_review', 1, '2021-12-01', null]);
        const five = await rows(on, plan.id, 1);
        assert.deepEqual(five.map((r) => r.role), ['discipline', 'organisation', 'propaganda', 'office', 'head']);
        assert.ok(five.every((r) => r.state === 'open' && r.due_on === '2021-12-11'));
        for (const who of ['discipline', 'organisation', 'propaganda', 'office', 'chief']) assert.equal(await waits(on[who], 'filing_review.give'), 1, who);
        assert.equal(await waits(on.unit, 'filing.submit'), 0);
        await on.unit.moveRefused(409, 'filings', plan.id, 'submit');
        await on.unit.refused(409, 'PATCH', `filings/${plan.id}`, { body: { text: '改' }, ifMatch: plan.version });
        await on.discipline.moveRefused(409, 'filings', plan.id, 'approve', { opinion: '同意。' });
        await on.unit.refused(403, 'GET', 'filing_reviews');
    });

    await t.test('an opinion is its own body\'s; on paper the office enters it', async () => {
        const five = Object.fromEntries((await rows(on, plan.id, 1)).map((r) => [r.role, r]));
        stated(await on.discipline.moveRefused(422, 'filing_reviews', five.discipline.id, 'give', {}), 'verdict');
        stated(await on.discipline.moveRefused(422, 'filing_reviews', five.discipline.id, 'give', { verdict: 'objected' }), 'opinion');
        stated(await on.discipline.moveRefused(422, 'filing_reviews', five.discipline.id, 'give', { verdict: 'agreed', missing: '会议纪要' }), 'missing');
        await on.discipline.moveRefused(403, 'filing_reviews', five.organisation.id, 'give', { verdict: 'agreed' });
        await on.office.moveRefused(403, 'filing_reviews', five.organisation.id, 'give', { verdict: 'agreed' });
        stated(await on.office.moveRefused(422, 'filing_reviews', five.organisation.id, 'give', { verdict: 'agreed', means: 'ink', on_behalf_of: '柳示贤' }), 'paper_no');
        const inked = await on.office.move('filing_reviews', five.organisation.id, 'give', { verdict: 'agreed', means: 'ink', paper_no: '会审〔2021〕3号', on_behalf_of: '柳示贤' });
        assert.deepEqual([inked.state, inked.given_by], ['agreed', '柳示贤']);
        await on.discipline.move('filing_reviews', five.discipline.id, 'give', { verdict: 'agreed', opinion: '同意。' });
        await on.propaganda.move('filing_reviews', five.propaganda.id, 'give', { verdict: 'objected', opinion: '第二项措施不够具体。', missing: '阵地管理台账' });
        await on.office.move('filing_reviews', five.office.id, 'give', { verdict: 'agreed' });
        assert.equal((await on.office.get(`filings/${plan.id}`)).awaiting ?? null, null, 'one is still to come');
        await on.chief.move('filing_reviews', five.head.id, 'give', { verdict: 'agreed' });
        await on.chief.moveRefused(409, 'filing_reviews', five.head.id, 'give', { verdict: 'agreed' });
        const now = await on.office.get(`filings/${plan.id}`);
        assert.deepEqual([now.awaiting, now.collate_by], ['discipline', '2021-12-06']);
        assert.deepEqual([await waits(on.discipline, 'filing.collate'), await waits(on.office, 'filing.collate')], [1, 0]);
    });

    await t.test('the collator asks a body again, returns it to the unit naming what is missing, and the term moves', async () => {
        await on.organisation.moveRefused(403, 'filings', plan.id, 'return', { reason: '试' });
        stated(await on.discipline.moveRefused(422, 'filings', plan.id, 'return', {}), 'reason');
        stated(await on.discipline.moveRefused(422, 'filings', plan.id, 'return', { reason: '试', to: 'finance' }), 'to');
        stated(await on.discipline.moveRefused(422, 'filings', plan.id, 'approve', {}), 'opinion');
        await on.discipline.move('filings', plan.id, 'return', { reason: '请说明哪一项不具体。', to: 'propaganda' });
        const again = (await rows(on, plan.id, 1)).find((r) => r.role === 'propaganda');
        assert.equal(again.state, 'open');
        assert.equal((await on.office.get(`filing_reviews/${again.id}`)).asked_again, '请说明哪一项不具体。');
        assert.equal(await waits(on.discipline, 'filing.collate'), 0);
        await on.propaganda.move('filing_reviews', again.id, 'give', { verdict: 'objected', opinion: '第二项第一条措施没有责任人。' });
        const due = (await on.office.get(`filings/${plan.id}`)).due_on;
        await city.restart(['--today', '2021-12-04']);
        plan = await on.discipline.move('filings', plan.id, 'return', { reason: '按宣传部意见修改第二项。', missing: '阵地管理台账' });
        assert.deepEqual([plan.state, plan.missing, plan.stood_days], ['returned', '阵地管理台账', 3]);
        assert.equal(Date.parse(plan.due_on) - Date.parse(due), 3 * 86400e3, 'the clock stood three days');
        const seen = await on.unit.get(`filings/${plan.id}`);
        assert.deepEqual([seen.opinion, seen.missing], ['按宣传部意见修改第二项。', '阵地管理台账']);
        assert.equal(await waits(on.unit, 'filing.mend'), 1);
    });

    await t.test('filed again, only who wanted changes looks again; a plan changed after that is not passed', async () => {
        await on.unit.patch('rectifications', on.open[0].id, { measures: '修订制度，逐项核对；明确责任人。' });
        plan = await on.unit.move('filings', plan.id, 'submit');
        const second = await rows(on, plan.id, 2);
        assert.deepEqual(second.map((r) => r.state), ['agreed', 'agreed', 'open', 'agreed', 'agreed']);
        await on.propaganda.move('filing_reviews', second[2].id, 'give', { verdict: 'agreed', opinion: '已修改。' });
        await on.unit.patch('rectifications', on.open[0].id, { measures: '改成别的。' });
        assert.match((await on.discipline.moveRefused(409, 'filings', plan.id, 'approve', { opinion: '同意。' })).detail, /重新报送/);
        await on.unit.patch('rectifications', on.open[0].id, { measures: '修订制度，逐项核对；明确责任人。' });
        plan = await on.discipline.move('filings', plan.id, 'approve', { opinion: '五方会审通过。' });
        assert.deepEqual([plan.state, plan.approved_on], ['approved', '2021-12-04']);
        assert.equal((await rows(on, plan.id, 1)).length, 5, 'the opinions of the first turn are kept');
        await on.discipline.moveRefused(409, 'filings', plan.id, 'return', { reason: '试' });
    });

    await t.test('then the reports: progress of every open item, the principal\'s own; what is not published', async () => {
        const told = (await on.office.get(`feedbacks/${(await on.office.get(`rectifications/${on.items[0].id}`)).feedback}`)).delivered_on;
        await on.office.post('findings/past', { round: on.items[0].round, unit: on.items[0].unit, number: 301, title: '补录的问题', state: 'ongoing', due_on: '2022-03-31', fed_back_on: told });
        on.open.push(...(await on.unit.all(`rectifications?inspection=${on.inspection}&number=301`)));
        const report = await on.unit.post('filings', { inspection: on.inspection, kind: 'progress', text: '整改进展情况如下。' });
        const refusal = await on.unit.moveRefused(409, 'filings', report.id, 'submit');
        stated(refusal, 'items');
        for (const i of on.open) await on.unit.post('statements', { rectification: i.id, kind: 'progress', text: '已修订制度，正在核对。' });
        assert.equal((await on.unit.move('filings', report.id, 'submit')).state, 'in_review');
        const own = await on.unit.post('filings', { inspection: on.inspection, kind: 'principal', text: '本人组织落实情况。' });
        const gaps = await on.unit.moveRefused(409, 'filings', own.id, 'submit');
        for (const field of ['meetings', 'led']) stated(gaps, field);
        await on.unit.patch('filings', own.id, { meetings: 6, led: on.items.length + 2 });
        stated(await on.unit.moveRefused(422, 'filings', own.id, 'submit'), 'led');
        await on.unit.patch('filings', own.id, { led: 1 });
        await on.unit.move('filings', own.id, 'submit');

        const copy = await on.unit.post('filings', { inspection: on.inspection, kind: 'publication', text: '现将整改情况公开如下。' });
        stated(await on.unit.refused(422, 'POST', 'withholdings', { body: { filing: copy.id, rectification: on.open[0].id, cause: 'petition' } }), 'reason');
        await on.unit.refused(409, 'POST', 'withholdings', { body: { filing: plan.id, rectification: on.open[0].id, cause: 'petition', reason: '试' } });
        const held = await on.unit.post('withholdings', { filing: copy.id, rectification: on.open[0].id, cause: 'petition', reason: '涉及群众切身利益，正在协调。' });
        await on.unit.refused(409, 'POST', 'withholdings', { body: { filing: copy.id, rectification: on.open[0].id, cause: 'secret', reason: '再提' } });
        await on.unit.move('filings', copy.id, 'submit');
        const serial = await rows(on, copy.id, 1);
        assert.deepEqual(serial.map((r) => r.state), ['open', 'waiting'], 'one after another');
        await on.office.moveRefused(409, 'filing_reviews', serial[1].id, 'give', { verdict: 'agreed' });
        await on.propaganda.move('filing_reviews', serial[0].id, 'give', { verdict: 'agreed' });
        await on.office.move('filing_reviews', serial[1].id, 'give', { verdict: 'agreed' });
        assert.match((await on.office.moveRefused(409, 'filings', copy.id, 'approve', {})).detail, /不公开/);
        await on.office.moveRefused(403, 'withholdings', held.id, 'grant', {});
        await on.unit.moveRefused(403, 'withholdings', held.id, 'grant', {});
        assert.equal((await on.leader.move('withholdings', held.id, 'grant', { opinion: '同意暂不公开。' })).state, 'granted');
        assert.equal((await on.unit.get(`rectifications/${on.open[0].id}`)).withheld, true);
        // the office sends it back to the first of the two: the one behind waits again
        await on.office.move('filings', copy.id, 'return', { reason: '请再看标题。', to: 'propaganda' });
        assert.deepEqual((await rows(on, copy.id, 1)).map((r) => r.state), ['open', 'waiting']);
        await on.propaganda.move('filing_reviews', serial[0].id, 'give', { verdict: 'agreed' });
        await on.office.move('filing_reviews', serial[1].id, 'give', { verdict: 'agreed' });
        assert.equal((await on.office.move('filings', copy.id, 'approve', {})).state, 'approved');
    });
});

forEachEngine('who may file and review', TODAY, async (t, city) => {
    const on = await ground(city);
    const body = { inspection: on.inspection, kind: 'plan' };
    for (const login of ['discipline', 'organisation', 'leader', 'head', 'member1', 'sysadmin', 'auditor']) assert.ok([403, 404].includes((await city.as(login).request('POST', 'filings', { body })).status), login);
    await new Client(city).refused(401, 'POST', 'filings', { body });
    await on.unit.refused(404, 'POST', 'filings', { body: { inspection: NOBODY, kind: 'plan' } });
    const other = (await on.office.all('inspections?state=fed_back')).concat(await on.office.all('inspections?state=following_up')).find((i) => i.id !== on.inspection);
    await on.unit.refused(404, 'POST', 'filings', { body: { inspection: other.id, kind: 'plan' } });
    const live = (await on.office.all('inspections?state=on_site'))[0];
    await on.office.refused(409, 'POST', 'filings', { body: { inspection: live.id, kind: 'plan' } });
    const foreign = await on.office.post('filings', { inspection: other.id, kind: 'plan' });
    await on.unit.refused(404, 'GET', `filings/${foreign.id}`);
    await on.unit.refused(404, 'POST', `filings/${foreign.id}/submit`, { body: {}, ifMatch: 1 });
    assert.equal((await on.leader.get(`filings/${foreign.id}`)).id, foreign.id);
    await on.head.refused(404, 'GET', `filings/${foreign.id}`);
});

// The same walk each time.
function dice(seed) {
    let state = BigInt(seed);
    return (sides) => {
        state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
        return Number((state >> 33n) % BigInt(sides));
    };
}

forEachEngine('filings walked at random: none ever lies before nobody', TODAY, async (t, city) => {
    const on = await ground(city);
    await fill(on);
    const people = ['unit', 'office', 'discipline', 'organisation', 'propaganda', 'chief'].map((n) => on[n]);
    const plan = await on.unit.post('filings', { inspection: on.inspection, kind: 'plan', ...PLAN });
    const roll = dice(20211201);
    const pick = (list) => list[roll(list.length)];
    const seen = new Set();
    for (let step = 0; step < 250; step++) {
        const now = await on.office.get(`filings/${plan.id}`);
        const turn = await rows(on, plan.id, now.turn);
        const kinds = ['filing.submit', 'filing.mend', 'filing_review.give', 'filing.collate'];
        const tasks = (await Promise.all(people.map((p) => p.get('tasks')))).flatMap((l) => l.items).filter((x) => kinds.includes(x.kind) && (x.id === plan.id || turn.some((r) => r.id === x.id)));
        const expected = { draft: 1, returned: 1, approved: 0, in_review: now.awaiting ? 1 : turn.filter((r) => r.state === 'open').length }[now.state];
        assert.equal(tasks.length, expected, `step ${step}: ${now.state} ${JSON.stringify(tasks)}`);
        assert.equal(now.state === 'approved' || tasks.length > 0, true);
        seen.add(now.state);
        if (now.state === 'approved') break;
        const who = pick(people), row = pick(turn.length ? turn : [{ id: plan.id }]);
        const version = async (path) => (await who.request('GET', path)).json?.version ?? 1;
        const tries = [
            async () => who.request('POST', `filings/${plan.id}/submit`, { body: {}, ifMatch: await version(`filings/${plan.id}`) }),
            async () => who.request('POST', `filings/${plan.id}/return`, { body: { reason: '再改', to: pick(['', '', 'propaganda', 'office', 'head']) || undefined, all_again: roll(2) === 0 }, ifMatch: await version(`filings/${plan.id}`) }),
            async () => who.request('POST', `filings/${plan.id}/approve`, { body: { opinion: '同意' }, ifMatch: step > 200 ? await version(`filings/${plan.id}`) : 999 }),
            async () => who.request('POST', `filing_reviews/${row.id}/give`, { body: { verdict: pick(['agreed', 'objected']), opinion: '意见' }, ifMatch: await version(`filing_reviews/${row.id}`) }),
        ];
        const answer = await tries[[3, 3, 3, 0, 1, 2][roll(6)]]();
        assert.ok(answer.status < 500, answer.text);
        if (roll(3) === 0 && tasks.length) {
            const task = pick(tasks);
            const own = people.find((p) => ({ 'filing.submit': 'unit', 'filing.mend': 'unit', 'filing.collate': 'discipline' }[task.kind] ?? bodyOf[turn.find((r) => r.id === task.id)?.role]) && p === on[{ 'filing.submit': 'unit', 'filing.mend': 'unit', 'filing.collate': 'discipline' }[task.kind] ?? bodyOf[turn.find((r) => r.id === task.id)?.role]]);
            const fresh = await own.request('GET', `${task.entity}/${task.id}`);
            const body = task.kind === 'filing_review.give' ? { verdict: 'agreed' } : task.kind === 'filing.collate' ? { reason: '再改', opinion: '意见' } : {};
            await own.request('POST', `${task.entity}/${task.id}/${{ 'filing.submit': 'submit', 'filing.mend': 'submit', 'filing.collate': 'return', 'filing_review.give': 'give' }[task.kind]}`, { body, ifMatch: fresh.json?.version ?? 1 });
        }
    }
    assert.ok(['draft', 'in_review', 'returned'].every((s) => seen.has(s)), [...seen].join());
});
