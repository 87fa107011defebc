// The three lists of a rectification plan (三张清单), each a paper of its own beside the plan's: the same problems under the
// same numbers, for whoever may have the plan's.
import assert from 'node:assert/strict';
import { rowsOf, unpack } from './docx.mjs';
import { forEachEngine } from './lib.mjs';

const TODAY = { serve: ['--today', '2021-12-01'] };
const LISTS = { plan_problem_list: '整改问题清单', plan_task_list: '整改任务清单', plan_duty_list: '整改责任清单' };
const dotted = (day) => day.split('-').map(Number).join('.');
const print = async (who, kind, record, more = '') => (await who.expect(200, 'GET', `print?kind=${kind}&record=${record}${more}`)).bytes;

// A plan of six problems before its bodies: one has a cooperating unit, one is struck off, one was taken back after an objection.
async function planned(city) {
    const [office, unit] = ['office', 'unit'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const owner = (await office.items('units?code=SZ001'))[0];
    const round = await office.post('rounds', { organiser, term: '第十三届', type: 'regular', number: 5, name: '示例市委第五轮巡察', year: 2021, taxonomy: 'T6', taxonomy2: 'T5', starts_on: '2021-08-01', ends_on: '2021-10-30' });
    const category = (await office.get(`rule_sets/${round.rule_set}/rules`)).taxonomies.find((x) => x.code === 'T6').nodes[0];
    for (let n = 1; n <= 6; n++) await office.post('findings/past', { round: round.id, unit: owner.id, number: n, title: `第${n}个问题`, text: `第${n}个问题的具体表现。`, category: category.code, amount_fen: n * 1000000, fed_back_on: '2021-11-25', ...(n === 2 ? { struck_off_on: '2021-11-30' } : { state: 'ongoing' }) });
    const all = await unit.all(`rectifications?round=${round.id}&sort=number`);
    const dropped = all[3], first = all[0], inspection = first.inspection;
    const objection = await office.post('objections', { rectification: dropped.id, wish: 'withdraw', grounds: '事实不清', asked_on: '2021-11-26', asked_by: '甲' });
    await office.move('objections', objection.id, 'uphold', { opinion: '撤回。' });
    for (const i of all.filter((x) => x !== dropped && x.state === 'ongoing')) await unit.patch('rectifications', i.id, { measures: `对${i.title}逐项核对。`, target: '账实相符。', leader: '示分管', department: '办公室', handler: '示经办', proof: '会议纪要' });
    const helper = (await office.items(`units?id.ne=${owner.id}&limit=1`))[0];
    await office.post('shares', { rectification: first.id, unit: helper.id, part: 'cooperating', content: '提供决算资料。', due_on: '2022-03-31', handler: '示协办' });
    const plan = await unit.post('filings', /* the unit itself, though nobody noted when its inspection was announced */ { inspection, kind: 'plan', text: '逐项明确责任人和时限。', pledge: '对真实性负责。', pledged_by: '甲', pledged_on: '2021-11-30' });
    await unit.move('filings', plan.id, 'submit');
    return { office, unit, organiser, category, plan, helper, dropped, first: first.id, items: all.filter((i) => i !== dropped) };
}

forEachEngine('the lists of a plan', TODAY, async (t, city) => {
    const on = await planned(city);
    const whole = await Promise.all(on.items.map((i) => on.office.get(`rectifications/${i.id}`)));
    const findings = await Promise.all(on.items.map((i) => on.office.get(`findings/${i.finding}`)));
    assert.deepEqual(whole.map((i) => i.number), [1, 2, 3, 5, 6]);
    const rows = async (kind) => rowsOf(await print(on.office, kind, on.plan.id));

    await t.test('offered for a plan, named in both languages', async () => {
        for (const [lang, labels] of [['zh', Object.values(LISTS)], ['en', ['Plan: problem list', 'Plan: task list', 'Plan: responsibility list']]]) {
            const reader = Object.assign(city.as('office'), { lang });
            const kinds = (await reader.get('document_kinds')).kinds.filter((k) => k.kind in LISTS);
            assert.deepEqual(kinds.map((k) => [k.label, k.subject, k.numbered]), labels.map((l) => [l, 'filings', false]));
        }
    });

    await t.test('each says of which day its rows are', async () => {
        for (const kind of ['rectification_plan', ...Object.keys(LISTS)])
            assert.match(unpack(await print(on.office, kind, on.plan.id))['word/document.xml'].toString().replace(/<[^>]*>/g, ''), /内容截至2021年12月1日/, kind);
    });

    await t.test('problems: what was fed back, in its words', async () => {
        const [head, ...body] = await rows('plan_problem_list');
        assert.deepEqual(head, ['序号', '反馈问题', '具体表现', '问题类别', '涉及金额', '立行立改', '整改时限']);
        assert.deepEqual(body.map((r) => [r[0], r[1], r[2], r[6]]), findings.map((f, i) => [String(f.number), f.title, f.text, dotted(whole[i].due_on)]));
        assert.deepEqual(new Set(body.map((r) => r[3])), new Set([on.category.label]), 'a category in words');
        assert.deepEqual(body.map((r) => r[4]), ['10,000元', '20,000元', '30,000元', '50,000元', '60,000元']);
    });

    await t.test('tasks: measure, target, form of proof, who and until when; those of cooperating units behind them', async () => {
        const [head, ...body] = await rows('plan_task_list');
        assert.deepEqual(head, ['序号', '反馈问题', '整改任务（措施）', '整改目标', '成果形式', '责任部门', '责任人', '完成时限']);
        assert.deepEqual(body.slice(0, whole.length), whole.map((i) => [String(i.number), i.title, i.measures ?? '', i.target ?? '', i.proof ?? '', i.department ?? '', i.handler ?? '', dotted(i.due_on)]));
        const title = whole.find((i) => i.id === on.first).title;
        assert.deepEqual(body.slice(whole.length), [['序号', '反馈问题', '承担单位', '分工', '任务', '责任人', '时限'], ['1', title, on.helper.name, '配合单位', '提供决算资料。', '示协办', '2022.3.31']]);
    });

    await t.test('responsibility: unit, leader, department, handler, and who cooperates', async () => {
        const [head, ...body] = await rows('plan_duty_list');
        assert.deepEqual(head, ['序号', '反馈问题', '责任单位', '责任领导', '责任部门', '责任人', '参与单位', '完成时限']);
        assert.deepEqual(body, whole.map((i) => [String(i.number), i.title, i.unit_name, i.leader ?? '', i.department ?? '', i.handler ?? '', i.id === on.first ? `${on.helper.name}（配合单位）` : '', dotted(i.due_on)]));
    });

    await t.test('a problem that was taken back is in none of them; the plan shows it as such', async () => {
        for (const kind of Object.keys(LISTS)) assert.ok(!(await rows(kind)).flat().includes(on.dropped.title), kind);
        assert.ok((await rows('rectification_plan')).some((r) => r.includes(on.dropped.title) && r.includes('已撤销')));
    });

    await t.test('of a plan alone, for whoever may have the plan', async () => {
        const foreign = (await on.office.items(`inspections?state=fed_back&unit.ne=${on.plan.unit}&limit=1`))[0];
        const theirs = await on.office.post('filings', { inspection: foreign.id, kind: 'plan', text: '另一方案。' });
        for (const login of ['leader', 'office', 'head', 'deputy', 'member1', 'unit', 'discipline', 'organisation', 'propaganda', 'sysadmin', 'secadmin', 'auditor'])
            for (const record of [on.plan.id, theirs.id]) {
                const who = city.as(login);
                const status = async (kind) => (await who.request('GET', `print?kind=${kind}&record=${record}`)).status;
                const want = await status('rectification_plan');
                for (const kind of Object.keys(LISTS)) assert.equal(await status(kind), want, `${login} ${kind}`);
            }
        assert.equal((await on.unit.request('GET', `print?kind=plan_task_list&record=${theirs.id}`)).status, 404);
        assert.equal((await city.as('auditor').request('GET', `print?kind=plan_task_list&record=${on.plan.id}`)).status, 403);
        await city.as('discipline').expect(200, 'GET', `print?kind=plan_duty_list&record=${on.plan.id}`);
    });

    await t.test('drafted, issued under its title and kept; the unit reads it, and the audit tells', async () => {
        const made = await on.office.post('documents', { organiser: on.organiser, kind: 'plan_task_list', record: on.plan.id, title: `${on.plan.unit_name}巡察整改任务清单`, maker: '市委巡察办', dated_on: '2021-12-01' });
        await on.office.move('documents', made.id, 'issue');
        const kept = (await on.unit.expect(200, 'GET', `documents/${made.id}/file`)).bytes;
        assert.ok(unpack(kept)['word/document.xml'].toString().includes('巡察整改任务清单'));
        const noted = async () => (await city.as('auditor').items('audit?limit=100')).filter((e) => e.login === 'office' && e.outcome === 'ok').map((e) => `${e.operation} ${e.record ?? ''}`);
        for (let tries = 0; tries < 50 && !(await noted()).some((e) => e.startsWith('document.print')); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
        const entries = await noted();
        for (const want of [`document.draft ${made.id}`, `document.issue ${made.id}`, 'document.print']) assert.ok(entries.some((e) => e.startsWith(want)), want);
    });

    await t.test('a measure that was written over in the task list is read back', async () => {
        const bytes = await print(on.unit, 'plan_task_list', on.plan.id);
        const answer = (await on.unit.expect(200, 'POST', 'documents/returned', { body: { file: bytes.toString('base64') } })).json;
        assert.ok(answer.values >= 5 * whole.length, `${answer.values} values are marked`);
        assert.deepEqual([answer.same, answer.records], [answer.values, []]);
    });

    await t.test('as PDFs', async (t) => {
        if (!(await on.office.get('document_kinds')).pdf) return t.skip('no PDFs here');
        for (const kind of Object.keys(LISTS)) assert.equal((await print(on.office, kind, on.plan.id, '&format=pdf')).subarray(0, 5).toString(), '%PDF-', kind);
    });
});
