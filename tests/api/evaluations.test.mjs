// Evaluations of rectification: schemes of the rules, facts from the ledger, sheets that nobody else sees, ballots whose
// small groups nobody reads, and a decision that a person takes.
import assert from 'node:assert/strict';
import { unpack } from './docx.mjs';
import { readFileSync } from 'node:fs';
import { Client, NOBODY, forEachEngine, inChinese, inEnglish } from './lib.mjs';

const TODAY = { serve: ['--today', '2021-12-01'] };
const rules = JSON.parse(readFileSync(new URL('../../rules/city-2017.json', import.meta.url), 'utf8'));
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const waits = async (who, kind) => (await who.items('tasks')).filter((t) => t.kind === kind).length;
const first = async (who, path) => (await who.items(path + '&limit=1&sort=id'))[0];

const everything = async (who, on) => {
    const said = [];
    for (const entity of ['evaluations', 'evaluation_parts', 'evaluation_sheets', 'evaluation_ballots']) {
        said.push((await who.request('GET', `${entity}/export?format=csv`)).text);
        for (const r of await who.all(`${entity}?${entity === 'evaluations' ? 'id' : 'evaluation'}=${on.id}`)) for (const path of ['', '/history']) said.push((await who.request('GET', `${entity}/${r.id}${path}`)).text);
    }
    return said.join('\n');
};
const sheetsOf = (who, on, query = '') => who.all(`evaluation_sheets?evaluation=${on.id}${query}`);
const sheetFor = async (who, on, part, role) => (await sheetsOf(who, on, `&part=${part}&role=${role}&state=waiting`))[0];

forEachEngine('an evaluation by deductions', TODAY, async (t, city) => {
    const [office, leader, discipline, organisation, unit] = ['office', 'leader', 'discipline', 'organisation', 'unit'].map((l) => city.as(l));
    const finance = await first(office, 'units?code=SZ001');
    const inspection = await first(office, `inspections?round.number=6&unit=${finance.id}`);
    const other = await first(office, `inspections?round.number=6&unit.ne=${finance.id}`);
    const open = (more = {}) => ({ inspection: inspection.id, scheme: 'deduct-100', due_on: '2021-12-20', ...more });
    const items = await office.all(`rectifications?inspection=${inspection.id}&fields=state,due_on,reopened,recheck_result`);
    let evaluation;

    await t.test('is opened by the office, for what goes on rectifying, by a scheme of the rules', async () => {
        const schemes = await office.get(`inspections/${inspection.id}/schemes`);
        assert.deepEqual(schemes.items.map((s) => [s.code, s.mode]), [['deduct-100', 'deduct'], ['weighted-raters', 'weighted']]);
        stated(await office.refused(422, 'POST', 'evaluations', { body: open({ scheme: 'x' }) }), 'scheme');
        stated(await office.refused(422, 'POST', 'evaluations', { body: open({ scheme: null }) }), 'scheme');
        stated(await office.refused(422, 'POST', 'evaluations', { body: open({ due_on: '2021-11-30' }) }), 'due_on');
        stated(await office.refused(422, 'POST', 'evaluations', { body: open({ total: '100' }) }), 'total');
        const live = await first(office, 'inspections?state=on_site');
        const refused = await office.refused(409, 'POST', 'evaluations', { body: open({ inspection: live.id }) });
        assert.match(refused.detail, /驻点/);
        await office.post('findings/past', { round: other.round, unit: other.unit, number: 301, title: '试', state: 'ongoing', due_on: '2022-03-31', fed_back_on: '2021-06-01' });
        assert.match((await office.refused(409, 'POST', 'evaluations', { body: open({ inspection: other.id }) })).detail, /集中整改期尚未结束/);
        for (const login of ['leader', 'discipline', 'organisation', 'unit', 'head', 'member1', 'sysadmin', 'auditor']) assert.equal((await city.as(login).request('POST', 'evaluations', { body: open() })).status, 403, login);
        await new Client(city).refused(401, 'POST', 'evaluations', { body: open() });
        await office.refused(404, 'POST', 'evaluations', { body: open({ inspection: NOBODY }) });

        assert.equal(inspection.state, 'fed_back');
        evaluation = await office.post('evaluations', open());
        assert.deepEqual([evaluation.state, evaluation.unit, evaluation.opened_on, evaluation.rule_set], ['scoring', finance.id, '2021-12-01', (await office.get(`rounds/${inspection.round}`)).rule_set]);
        assert.equal((await office.get(`inspections/${inspection.id}`)).state, 'following_up', 'its concentrated period is over');
        assert.match((await office.refused(409, 'POST', 'evaluations', { body: open() })).detail, /尚未审定/);
    });

    await t.test('what the ledger knows is counted, not typed', async () => {
        const n = (fits) => items.filter(fits).length;
        const facts = Object.fromEntries(Object.entries(evaluation).filter(([k]) => k.startsWith('items_') || k === 'facts_on'));
        assert.deepEqual(facts, {
            facts_on: '2021-12-01', items_all: items.length, items_due: n((i) => i.due_on <= '2021-12-01'), items_done: n((i) => i.state === 'done'),
            items_overdue: n((i) => ['pending', 'ongoing', 'basic', 'long_term', 'rebound'].includes(i.state) && i.due_on < '2021-12-01'), items_reopened: n((i) => i.reopened > 0), items_untrue: 0,
        });
        assert.ok(facts.items_done > 0);
    });

    await t.test('each part has a sheet for every role that scores it, and it is their task', async () => {
        const parts = await office.all(`evaluation_parts?evaluation=${evaluation.id}`);
        assert.deepEqual(parts.map((p) => [p.code, p.max, p.facts, p.ballot, p.score]), [['leadership', 15, false, false, null], ['duty', 15, false, false, null], ['tasks', 60, true, false, null], ['satisfaction', 10, false, true, null]]);
        const sheets = await sheetsOf(office, evaluation);
        assert.deepEqual(sheets.map((s) => `${s.part} ${s.role} ${s.state} ${s.sealed}`).sort(), ['duty discipline', 'duty organisation', 'leadership discipline', 'leadership office', 'tasks discipline', 'tasks office', 'tasks organisation'].map((s) => s + ' waiting false'));
        assert.deepEqual(await Promise.all([office, discipline, organisation, leader, unit].map((w) => waits(w, 'evaluation.score'))), [2, 3, 2, 0, 0]);
        assert.equal((await discipline.items('tasks')).find((x) => x.kind === 'evaluation.score').due_on, '2021-12-20');
        assert.deepEqual((await leader.get('digest')).lines.find((d) => d.name === 'evaluations_open')?.count, 1);
        await unit.refused(404, 'GET', `evaluations/${evaluation.id}`);
        assert.deepEqual([await unit.count('evaluations'), await unit.count('evaluation_parts')], [0, 0]);
        for (const entity of ['evaluation_sheets', 'evaluation_ballots']) await unit.refused(403, 'GET', entity);
        for (const login of ['sysadmin', 'auditor']) await city.as(login).refused(403, 'GET', `evaluations/${evaluation.id}`);
    });

    await t.test('a sheet names indicators, points and reasons; faults are named by their line', async () => {
        const mine = await sheetFor(discipline, evaluation, 'tasks', 'discipline');
        for (const marks of ['C1 5', 'C9 1 甲', 'C1 26 甲', 'C1 -1 甲', 'C1 x 甲', 'C1 1 甲\nC1 2 乙', 'C1 1.234 甲']) {
            const refused = await discipline.moveRefused(422, 'evaluation_sheets', mine.id, 'score', { marks });
            stated(refused, 'marks');
            assert.match(refused.errors[0].rule, /^第\d行/);
            assert.ok(inChinese(refused));
        }
        const abroad = Object.assign(city.as('discipline'), { lang: 'en' });
        assert.ok(inEnglish(await abroad.moveRefused(422, 'evaluation_sheets', mine.id, 'score', { marks: 'C1 5' })));
        assert.match((await organisation.moveRefused(403, 'evaluation_sheets', mine.id, 'score', { marks: '' })).detail, /纪委监委/);
        await leader.moveRefused(403, 'evaluation_sheets', mine.id, 'score', { marks: '' });
        await discipline.moveRefused(403, 'evaluation_sheets', mine.id, 'score', { marks: '', rater: '甲', paper_no: '1' });
        const done = await discipline.move('evaluation_sheets', mine.id, 'score', { marks: 'C1 5 一项到期未完成\n C5  1.5  佐证 不全' });
        assert.deepEqual([done.state, done.sealed, done.score, done.marks, done.handed_in_on], ['handed_in', true, '53.5', 'C1 5 一项到期未完成\nC5 1.5 佐证 不全', '2021-12-01']);
        assert.ok(!('account' in done));
        assert.equal((await discipline.move('evaluation_sheets', mine.id, 'score', { marks: 'C1 5 一项到期未完成\nC5 1 佐证不全' })).score, '54', 'mended');
    });

    await t.test('until all are in nobody reads the sheet of another, by whatever way', async () => {
        const [mine] = await sheetsOf(discipline, evaluation, '&state=handed_in');
        for (const who of [office, organisation, leader, await city.person('er.hao', '二号', { role: 'discipline', everything: true })]) {
            await who.refused(404, 'GET', `evaluation_sheets/${mine.id}`);
            await who.refused(404, 'GET', `evaluation_sheets/${mine.id}/history`);
            assert.equal(await who.count(`evaluation_sheets?evaluation=${evaluation.id}&state=handed_in`), 0);
            assert.equal(await who.count(`evaluation_sheets?evaluation=${evaluation.id}`), 6);
            assert.doesNotMatch(await everything(who, evaluation), /佐证不全|"54"/);
        }
        await office.refused(404, 'POST', `evaluation_sheets/${mine.id}/score`, { body: { marks: '' }, ifMatch: mine.version });
        await office.refused(404, 'POST', `evaluation_sheets/${mine.id}/void`, { body: { reason: '试' }, ifMatch: mine.version });
        assert.match((await everything(discipline, evaluation)), /佐证不全/, 'their own they see');
        assert.match((await office.moveRefused(409, 'evaluations', evaluation.id, 'close')).detail, /还有6份评分表没有交/);
    });

    await t.test('one sheet a rater; the office enters from paper, adds a sheet, leaves one out', async () => {
        stated(await office.refused(422, 'POST', 'evaluation_sheets', { body: { evaluation: evaluation.id, part: 'x', role: 'office' } }), 'part');
        stated(await office.refused(422, 'POST', 'evaluation_sheets', { body: { evaluation: evaluation.id, part: 'satisfaction', role: 'office' } }), 'part');
        stated(await office.refused(422, 'POST', 'evaluation_sheets', { body: { evaluation: evaluation.id, part: 'duty', role: 'office' } }), 'role');
        await discipline.refused(403, 'POST', 'evaluation_sheets', { body: { evaluation: evaluation.id, part: 'duty', role: 'discipline' } });
        const more = await office.post('evaluation_sheets', { evaluation: evaluation.id, part: 'tasks', role: 'discipline' });
        assert.match((await discipline.moveRefused(409, 'evaluation_sheets', more.id, 'score', { marks: '' })).detail, /一人一份/);
        stated(await office.moveRefused(422, 'evaluation_sheets', more.id, 'score', { marks: '' }), 'rater');
        stated(await office.moveRefused(422, 'evaluation_sheets', more.id, 'score', { marks: '', rater: '示委员' }), 'paper_no');
        const paper = await office.move('evaluation_sheets', more.id, 'score', { marks: 'C2 2 一份纪要系补写', rater: '示委员', paper_no: '评表〔2021〕3号' });
        assert.deepEqual([paper.score, paper.rater, paper.on_behalf_of, paper.role], ['58', '示委员', '示委员', 'discipline']);
        await discipline.refused(404, 'GET', `evaluation_sheets/${paper.id}`);
        await office.move('evaluation_sheets', (await sheetFor(office, evaluation, 'tasks', 'office')).id, 'score', { marks: 'C1 3 一项未完成' });
        await organisation.move('evaluation_sheets', (await sheetFor(organisation, evaluation, 'tasks', 'organisation')).id, 'score', { marks: '' });
        await office.move('evaluation_sheets', (await sheetFor(office, evaluation, 'leadership', 'office')).id, 'score', { marks: 'A1 5 迟\nA2 5 浅\nA3 5 无' });
        await discipline.move('evaluation_sheets', (await sheetFor(discipline, evaluation, 'leadership', 'discipline')).id, 'score', { marks: 'A1 2.5 迟' });
        await discipline.move('evaluation_sheets', (await sheetFor(discipline, evaluation, 'duty', 'discipline')).id, 'score', { marks: '' });
        const left = await sheetFor(office, evaluation, 'duty', 'organisation');
        stated(await office.moveRefused(422, 'evaluation_sheets', left.id, 'void', {}), 'reason');
        await organisation.moveRefused(403, 'evaluation_sheets', left.id, 'void', { reason: '试' });
        assert.equal((await office.move('evaluation_sheets', left.id, 'void', { reason: '评分人调离' })).state, 'void');
        assert.match((await office.moveRefused(409, 'evaluations', evaluation.id, 'close')).detail, /测评票数/);
    });

    await t.test('ballots: totals once, groups of fewer than ten never by themselves', async () => {
        for (const ballots of ['', '职工 1 2', '职工 0 0 0 0', '职工 9 9 9 9\n职工 9 9 9 9']) stated(await office.moveRefused(422, 'evaluations', evaluation.id, 'count', { ballots }), 'ballots');
        stated(await office.moveRefused(422, 'evaluations', evaluation.id, 'count', { ballots: '职工 9 9 9 9', ballots_on: '2021-12-02' }), 'ballots_on');
        await discipline.moveRefused(403, 'evaluations', evaluation.id, 'count', { ballots: '职工 9 9 9 9' });
        const counted = await office.move('evaluations', evaluation.id, 'count', { ballots: '本单位职工 30 4 1 7\n服务对象 7 1 1 1\n退休人员 613 0 0 0\n派驻人员 3 2 4 0\n实习人员 1 2 5 1', ballots_by: '示计票', ballots_on: '2021-11-29' });
        assert.equal(counted.ballots_by, '示计票');
        const rows = await office.all(`evaluation_ballots?evaluation=${evaluation.id}`);
        assert.deepEqual(rows.map((b) => [b.name, b.includes, b.suppressed, b.satisfied, b.basic, b.unsatisfied, b.abstained, b.ballots]), [
            ['本单位职工', null, false, 30, 4, 1, 7, 42], ['服务对象', null, false, 7, 1, 1, 1, 10], ['退休人员', null, false, 613, 0, 0, 0, 613], ['其他（合并）', '派驻人员、实习人员', false, 4, 4, 9, 1, 18]]);
        assert.match((await office.moveRefused(409, 'evaluations', evaluation.id, 'count', { ballots: '职工 9 9 9 9' })).detail, /已录入/);
    });

    await t.test('closed: computed with its arithmetic, opened to the raters, consequences proposed', async () => {
        await discipline.moveRefused(403, 'evaluations', evaluation.id, 'close');
        await leader.moveRefused(409, 'evaluations', evaluation.id, 'settle', { opinion: '同意' });
        const closed = await office.move('evaluations', evaluation.id, 'close');
        // 6.25: mean of 0 and 12.5; 15; 57.25: mean of 54, 58, 57, 60; (654 + 9 × 60 %) ÷ 674 × 10 = 9.783
        assert.deepEqual([closed.state, closed.total, closed.grade, closed.grade_label, closed.proposed], ['scored', '88.28', 'fair', '较好', null]);
        assert.match(closed.arithmetic, /整改任务完成：满分60分，4份评分表平均57\.25分。\n满意度：满意654票、基本满意9票、不满意11票（弃权9票不计），10×（654＋9×60%）÷674＝9\.78分。\n合计：6\.25＋15＋57\.25＋9\.78＝88\.28分；等次“较好”（80分及以上）。$/);
        assert.deepEqual((await office.all(`evaluation_parts?evaluation=${evaluation.id}`)).map((p) => [p.sheets, p.score]), [[2, '6.25'], [1, '15'], [4, '57.25'], [null, '9.78']]);
        for (const who of [office, organisation, leader, discipline]) assert.equal(await who.count(`evaluation_sheets?evaluation=${evaluation.id}&state=handed_in`), 7);
        assert.match(await everything(organisation, evaluation), /佐证不全/);
        const [sheet] = await sheetsOf(discipline, evaluation, '&state=handed_in&part=tasks');
        await discipline.moveRefused(409, 'evaluation_sheets', sheet.id, 'score', { marks: '' });
        await office.refused(409, 'POST', 'evaluation_sheets', { body: { evaluation: evaluation.id, part: 'tasks', role: 'office' } });
        assert.deepEqual([await waits(leader, 'evaluation.settle'), await waits(office, 'evaluation.settle'), await waits(discipline, 'evaluation.score')], [1, 1, 0]);
        await unit.refused(404, 'GET', `evaluations/${evaluation.id}`);
    });

    await t.test('no list is ordered by points', async () => {
        for (const path of ['evaluations?sort=total', 'evaluations?sort=-grade', 'evaluations?sort=grade_label', 'evaluation_parts?sort=score', 'evaluation_parts?sort=-share', 'evaluation_sheets?sort=score']) stated(await leader.refused(422, 'GET', path), 'sort');
        assert.equal((await leader.items('evaluations?sort=-decided_on')).length, 1);
    });

    await t.test('a person decides what applies; the office enters what a leader signed on paper', async () => {
        stated(await leader.moveRefused(422, 'evaluations', evaluation.id, 'settle', {}), 'opinion');
        stated(await leader.moveRefused(422, 'evaluations', evaluation.id, 'settle', { opinion: '同意', consequences: '撤职' }), 'consequences');
        stated(await leader.moveRefused(422, 'evaluations', evaluation.id, 'settle', { opinion: '同意', effective_on: '2021-11-30' }), 'effective_on');
        stated(await office.moveRefused(422, 'evaluations', evaluation.id, 'settle', { opinion: '同意' }), 'means');
        stated(await office.moveRefused(422, 'evaluations', evaluation.id, 'settle', { opinion: '同意', means: 'ink', paper_no: '1' }), 'on_behalf_of');
        await discipline.moveRefused(403, 'evaluations', evaluation.id, 'settle', { opinion: '同意' });
        await unit.refused(403, 'POST', `evaluations/${evaluation.id}/settle`, { body: { opinion: '同意' }, ifMatch: 1 });
        const settled = await office.move('evaluations', evaluation.id, 'settle', { opinion: '总体较好，请抓紧补齐佐证。', consequences: '约谈主要负责人\n\n约谈主要负责人\n领导小组约谈主要负责人', means: 'ink', paper_no: '评审〔2021〕1号', on_behalf_of: '示组长' });
        assert.deepEqual([settled.state, settled.consequences, settled.decided_by, settled.decided_on], ['settled', '约谈主要负责人\n领导小组约谈主要负责人', '示组长', '2021-12-01']);
        const signature = (await office.items(`signatures?record=${evaluation.id}`))[0];
        assert.deepEqual([signature.step, signature.means, signature.paper_no, signature.person_name], ['settle', 'ink', '评审〔2021〕1号', '示组长']);
        const now = await office.get(`inspections/${inspection.id}`);
        assert.deepEqual([now.state, now.effective_on], ['evaluated', '2021-12-01']);
        assert.equal(await office.count(`letters?unit=${finance.id}&subject.has=约谈`), 0, 'nothing is applied by itself');
        await leader.moveRefused(409, 'evaluations', evaluation.id, 'settle', { opinion: '同意' });
        await office.moveRefused(409, 'evaluations', evaluation.id, 'void', { reason: '试' });
        const scan = await office.attach('evaluations', evaluation.id, inspection.id, '审定件', '审定.txt', { kind: 'scan' });
        assert.equal((await office.expect(200, 'GET', `attachments/${scan.id}/file`)).text, '审定件');
        await unit.refused(404, 'GET', `attachments/${scan.id}/file`);
        const file = await office.upload(Buffer.from('试'), { inspection: inspection.id });
        stated(await office.refused(422, 'POST', 'attachments', { body: { subject: 'evaluations', record: evaluation.id, evidence: file, name: 'a.txt', kind: 'copy' } }), 'kind');
        for (const [id, value] of [['evaluations_settled', 1], ['evaluations_top', 0], ['evaluations_second', 1], ['evaluations_third', 0], ['evaluations_last', 0]]) assert.equal((await office.figure(id)).value, value, id);
    });

    await t.test('the unit reads grade, points by part, opinion; no sheet and no ballot', async () => {
        const told = await unit.get(`evaluations/${evaluation.id}`);
        assert.deepEqual([told.grade_label, told.total, told.opinion], ['较好', '88.28', '总体较好，请抓紧补齐佐证。']);
        assert.deepEqual((await unit.all(`evaluation_parts?evaluation=${evaluation.id}`)).map((p) => p.score), ['6.25', '15', '57.25', '9.78']);
        await unit.get(`evaluations/${evaluation.id}/scheme`);
        for (const entity of ['evaluation_sheets', 'evaluation_ballots']) await unit.refused(403, 'GET', entity);
        assert.deepEqual(await unit.items(`signatures?record=${evaluation.id}`), []);
        const said = [JSON.stringify(told), JSON.stringify(await unit.items(`evaluations/${evaluation.id}/history`)), ...(await Promise.all((await unit.all(`evaluation_parts?evaluation=${evaluation.id}`)).map(async (p) => JSON.stringify(await unit.items(`evaluation_parts/${p.id}/history`)))))].join('\n');
        assert.doesNotMatch(said, /示委员|佐证不全|一项到期未完成|派驻人员/);
        const paper = Object.values(unpack((await unit.expect(200, 'GET', `print?kind=evaluation&record=${evaluation.id}`)).bytes)).map(String).join('');
        for (const words of ['总体较好，请抓紧补齐佐证。', '88.28', '57.25', '约谈主要负责人']) assert.ok(paper.includes(words), words);
        assert.doesNotMatch(paper, /示委员|佐证不全|派驻人员/);
        const stranger = await city.person('ling.jv', '邻局', { role: 'unit', unit: other.unit });
        await stranger.refused(404, 'GET', `evaluations/${evaluation.id}`);
        assert.equal(await stranger.count('evaluation_parts'), 0);
        assert.equal(city.run('verify').code, 0);
    });
});

forEachEngine('small groups, weights, and what is void', TODAY, async (t, city) => {
    const [office, leader, discipline, organisation] = ['office', 'leader', 'discipline', 'organisation'].map((l) => city.as(l));
    const inspections = await office.all('inspections?round.number=7&state=fed_back&sort=number');
    const fill = async (on, marks) => {
        for (const sheet of await sheetsOf(office, on, '&state=waiting')) await { office, discipline, organisation }[sheet.role].move('evaluation_sheets', sheet.id, 'score', { marks: marks(sheet) });
    };

    await t.test('a sum of small groups that stays below ten is stored nowhere', async () => {
        const on = await office.post('evaluations', { inspection: inspections[0].id, scheme: 'deduct-100' });
        await office.move('evaluations', on.id, 'count', { ballots: '职工 40 0 0 0\n群众 1 3 2 1\n代表 1 0 1 0' });
        const rows = await office.all(`evaluation_ballots?evaluation=${on.id}`);
        assert.deepEqual(rows.map((b) => [b.name, b.includes, b.suppressed, b.satisfied, b.ballots]), [['职工', null, false, 40, 40], ['其他（合并）', '群众、代表', true, null, null]]);
        for (const who of [office, leader, discipline]) {
            const hidden = (await who.all(`evaluation_ballots?evaluation=${on.id}`))[1];
            for (const path of ['', '/history']) assert.doesNotMatch((await who.request('GET', `evaluation_ballots/${hidden.id}${path}`)).text, /"(satisfied|basic|unsatisfied|abstained|ballots)":\d/);
        }
        await fill(on, () => '');
        const closed = await office.move('evaluations', on.id, 'close', { effective_on: '2021-12-01', opinion: '收齐' });
        assert.deepEqual([closed.total, closed.grade], ['100', 'good'], 'only those that are shown count');
        assert.match(closed.arithmetic, /满意40票、基本满意0票、不满意0票（弃权0票不计）/);
        stated(await office.moveRefused(422, 'evaluations', on.id, 'void', {}), 'reason');
        await leader.moveRefused(403, 'evaluations', on.id, 'void', { reason: '试' });
        assert.equal((await office.move('evaluations', on.id, 'void', { reason: '票数录错' })).state, 'void');
        for (const who of [office, leader]) {
            assert.equal(await who.count(`evaluation_ballots?evaluation=${on.id}`), 0, 'of a void evaluation no ballots are shown');
            await who.refused(404, 'GET', `evaluation_ballots/${rows[0].id}/history`);
        }
        assert.equal((await office.get(`inspections/${inspections[0].id}`)).state, 'following_up');
        await office.post('evaluations', { inspection: inspections[0].id, scheme: 'deduct-100' });
    });

    await t.test('without a group that counts the rest makes the hundred', async () => {
        const on = await office.post('evaluations', { inspection: inspections[1].id, scheme: 'deduct-100' });
        await office.move('evaluations', on.id, 'count', { ballots: '职工 3 3 3 0' });
        await fill(on, (s) => (s.part === 'tasks' ? 'C1 20 多项未完成\nC2 15 不实' : ''));
        const closed = await office.move('evaluations', on.id, 'close');
        assert.deepEqual([closed.total, closed.grade, closed.proposed], ['61.11', 'average', '约谈主要负责人\n二次整改']); // 55 of 90
        assert.match(closed.arithmetic, /满意度：没有可计票的组，不计分。/);
        assert.equal((await leader.move('evaluations', on.id, 'settle', { opinion: '同意。' })).consequences, null, 'what was proposed is not applied by itself');
        assert.equal((await office.figure('evaluations_third')).value, 1);
    });

    await t.test('weighted: every indicator has points, parts their weight, and there is no ballot', async () => {
        const on = await office.post('evaluations', { inspection: inspections[2].id, scheme: 'weighted-raters' });
        assert.match((await office.moveRefused(409, 'evaluations', on.id, 'count', { ballots: '职工 9 9 9 9' })).detail, /没有满意度测评/);
        const mine = await sheetFor(discipline, on, 'daily', 'discipline');
        stated(await discipline.moveRefused(422, 'evaluation_sheets', mine.id, 'score', { marks: 'D1 40\nD2 30' }), 'marks');
        stated(await discipline.moveRefused(422, 'evaluation_sheets', mine.id, 'score', { marks: 'D1 40\nD2 30\nD3 20' }), 'marks');
        const points = { daily: { discipline: 'D1 40\nD2 30\nD3 25 迟报一次', organisation: 'D1 40\nD2 30\nD3 24.5 迟报' }, results: { office: 'E1 55 一项未了\nE2 25\nE3 15', discipline: 'E1 60\nE2 25\nE3 15', organisation: 'E1 50 两项未了\nE2 25\nE3 15' } };
        await fill(on, (s) => points[s.part][s.role]);
        const closed = await office.move('evaluations', on.id, 'close');
        assert.deepEqual([closed.total, closed.grade, closed.proposed], ['94.9', 'excellent', '通报表扬']); // 94.75 × 40 % + 95 × 60 %
        assert.deepEqual((await office.all(`evaluation_parts?evaluation=${on.id}`)).map((p) => [p.score, p.share]), [['94.75', '37.9'], ['95', '57']]);
    });

    await t.test('a unit that is merged away hands over what is under way', async () => {
        const under = await office.post('evaluations', { inspection: inspections[4].id, scheme: 'weighted-raters' });
        await office.move('units', inspections[4].unit, 'merge', { into: inspections[3].unit, effective_on: '2021-12-01', reason: '机构改革' });
        const into = inspections[3].unit, on = await office.get(`evaluations/${under.id}`);
        assert.equal(on.unit, into);
        assert.deepEqual([...new Set((await office.all(`evaluation_parts?evaluation=${on.id}&fields=unit`)).map((p) => p.unit))], [into]);
    });

    await t.test('a rule set may have no scheme, and a faulty one is refused by its place', async () => {
        const publish = (change) => ({ body: { body: JSON.stringify(change({ ...structuredClone(rules), code: 'city-x', valid_from: '2030-01-01' })) } });
        const refused = await office.refused(422, 'POST', 'rule_sets', publish((r) => ((r.evaluation[0].ballot.least = 9), r)));
        stated(refused, 'evaluation[0].ballot.least');
        await office.expect(201, 'POST', 'rule_sets', publish((r) => (delete r.evaluation, r)));
        // A round that was opened under rules from before there were schemes is evaluated by those in force.
        await office.expect(201, 'POST', 'rule_sets', publish((r) => (delete r.evaluation, { ...r, code: 'city-old', valid_from: '2021-11-01' })));
        const organiser = (await office.items('organisers'))[0].id;
        const round = await office.post('rounds', { organiser, term: '第十三届', type: 'regular', number: 21, name: '试', year: 2021, taxonomy: 'T6', starts_on: '2021-11-20' });
        const team = await office.post('teams', { round: round.id, name: '一组' });
        const planned = await office.post('inspections', { round: round.id, team: team.id, unit: inspections[1].unit });
        assert.deepEqual((await office.get(`inspections/${planned.id}/schemes`)).items, []);
        stated(await office.refused(422, 'POST', 'evaluations', { body: { inspection: planned.id, scheme: 'deduct-100' } }), 'scheme');
        await office.expect(201, 'POST', 'rule_sets', publish((r) => ((r.evaluation.length = 1), { ...r, code: 'city-new', valid_from: '2021-11-25' })));
        assert.deepEqual((await office.get(`inspections/${planned.id}/schemes`)).items.map((x) => x.code), ['deduct-100']);
        assert.equal((await office.get(`inspections/${inspections[1].id}/schemes`)).items.length, 2, 'a round keeps the rules that it was opened with');
    });
    assert.equal(city.run('verify').code, 0);
});
