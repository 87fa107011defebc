// How rectification goes on once it is due: adjustments asked for and decided, shares, letters, items that come back;
// projects and focus lists of special rounds; instructions; units that end in others. Through the API, on both engines.
import assert from 'node:assert/strict';
import { forEachEngine, liveTeam, writePaper } from './lib.mjs';

const TODAY = '2022-01-10';
const stated = (problem, field) => assert.ok(problem.errors.some((e) => e.field === field), `${field} is not named: ${JSON.stringify(problem)}`);

const waits = async (who, kind) => (await who.items('tasks')).filter((x) => x.kind === kind).length;

// An item of the account's own unit in this state.
async function item(unit, state) {
    const found = (await unit.items(`rectifications?state=${state}&limit=1`))[0];
    assert.ok(found, `the demo has no ${state} item of this unit`);
    return unit.get(`rectifications/${found.id}`);
}

forEachEngine('an extension, long-term, basically done', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, leader, discipline] = ['office', 'unit', 'leader', 'discipline'].map((l) => city.as(l));
    const rate = await leader.figure('rectification_rate');
    const open = await item(unit, 'ongoing');
    const ask = (more) => ({ rectification: open.id, kind: 'extension', cause: 'settlement', reason: '决算审计尚未出具。', due_on: '2022-04-30', ...more });

    await t.test('what is asked for is checked, field by field', async () => {
        stated(await unit.refused(422, 'POST', 'adjustments', { body: ask({ due_on: undefined }) }), 'due_on');
        stated(await unit.refused(422, 'POST', 'adjustments', { body: ask({ due_on: open.due_on }) }), 'due_on');
        stated(await unit.refused(422, 'POST', 'adjustments', { body: ask({ reason: undefined }) }), 'reason');
        stated(await unit.refused(422, 'POST', 'adjustments', { body: ask({ kind: 'long_term' }) }), 'stage_target');
        await discipline.refused(403, 'POST', 'adjustments', { body: ask() });
        const foreign = (await office.items(`rectifications?unit.ne=${open.unit}&state.ne=done&limit=1`))[0];
        await unit.refused(404, 'POST', 'adjustments', { body: ask({ rectification: foreign.id }) });
    });
    await t.test('an extension keeps the date before it, and is counted', async () => {
        const asked = await unit.post('adjustments', ask());
        assert.deepEqual([asked.state, asked.due_before, asked.unit, asked.title], ['asked', open.due_on, open.unit, open.title]);
        assert.deepEqual([await waits(office, 'adjustment.decide'), await waits(unit, 'adjustment.decide')], [1, 0]);
        await unit.refused(409, 'POST', 'adjustments', { body: ask({ due_on: '2022-05-31' }) });
        await unit.moveRefused(403, 'adjustments', asked.id, 'grant');
        assert.match((await discipline.moveRefused(409, 'adjustments', asked.id, 'grant')).detail, /巡察办批准/);
        stated(await office.moveRefused(422, 'adjustments', asked.id, 'refuse'), 'reason');
        const granted = await office.move('adjustments', asked.id, 'grant', { opinion: '同意延期，请按月报告进度。' });
        assert.deepEqual([granted.state, granted.opinion], ['granted', '同意延期，请按月报告进度。']);
        const now = await unit.get(`rectifications/${open.id}`);
        assert.deepEqual([now.due_on, now.due_first, now.extensions, now.state], ['2022-04-30', open.due_on, 1, 'ongoing']);
        assert.equal(now.light, 'green');
        await office.moveRefused(409, 'adjustments', asked.id, 'refuse', { reason: '再议' });
    });
    await t.test('withdrawn by who asked, refused with a reason: the item stays as it is', async () => {
        const first = await unit.post('adjustments', ask({ due_on: '2022-06-30' }));
        await unit.move('adjustments', first.id, 'withdraw', { reason: '提前完成' });
        const second = await unit.post('adjustments', ask({ due_on: '2022-07-31' }));
        await office.move('adjustments', second.id, 'refuse', { reason: '已延期一次，不再同意。' });
        assert.equal((await unit.get(`rectifications/${open.id}`)).due_on, '2022-04-30');
    });
    await t.test('long-term has a target and a review; its light is its own and it does not count as done', async () => {
        const asked = await unit.post('adjustments', ask({ kind: 'long_term', cause: 'titles', due_on: '2022-12-31', stage_target: '完成全部房产的权属调查' }));
        assert.deepEqual([asked.step, asked.awaiting], [0, 'office']);
        assert.equal(await waits(leader, 'adjustment.decide'), 0);
        await leader.moveRefused(409, 'adjustments', asked.id, 'grant');
        const halfway = await office.move('adjustments', asked.id, 'grant', { opinion: '同意' });
        assert.deepEqual([halfway.state, halfway.step, halfway.awaiting, halfway.decided_on], ['asked', 1, 'leader', null]);
        assert.equal((await unit.get(`rectifications/${open.id}`)).state, 'ongoing', 'not before the last of them');
        assert.deepEqual([await waits(leader, 'adjustment.decide'), await waits(office, 'adjustment.decide')], [1, 0]);
        await office.moveRefused(409, 'adjustments', asked.id, 'grant', { opinion: '再同意' });
        assert.match((await office.moveRefused(409, 'adjustments', asked.id, 'grant', { means: 'ink', paper_no: '批-7', on_behalf_of: '示例组长' })).detail, /同一人/, 'nobody enters both');
        const granted = await leader.move('adjustments', asked.id, 'grant', { opinion: '同意转为长期整改' });
        assert.deepEqual([granted.state, granted.awaiting], ['granted', null]);
        assert.deepEqual((await office.items(`signatures?record=${asked.id}&sort=id`)).map((s) => [s.step, s.decision]), [['office', 'sign'], ['leader', 'sign']]);
        const now = await unit.get(`rectifications/${open.id}`);
        assert.deepEqual([now.state, now.light, now.review_on, now.stage_target, now.cause], ['long_term', 'long', '2022-12-31', '完成全部房产的权属调查', 'titles']);
        assert.equal(await office.count('rectifications?light=long'), 1);
        assert.equal((await leader.figure('rectification_rate')).numerator, rate.numerator);
        assert.equal((await leader.figure('findings_open')).value, rate.denominator - rate.numerator);
    });
    await t.test('what was struck off and comes back is the same item, with its history and a date', async () => {
        const done = await item(unit, 'done');
        await unit.moveRefused(403, 'rectifications', done.id, 'reopen', { reason: '反弹' });
        stated(await office.moveRefused(422, 'rectifications', done.id, 'reopen', {}), 'reason');
        const back = await office.move('rectifications', done.id, 'reopen', { reason: '回访发现同类问题再次发生。' });
        assert.deepEqual([back.state, back.reopened, back.struck_off_on, back.due_on], ['rebound', 1, null, '2022-02-10']);
        assert.equal(back.finding, done.finding);
        const after = await leader.figure('rectification_rate');
        assert.deepEqual([after.numerator, after.denominator], [rate.numerator - 1, rate.denominator]);
        const states = (await office.items(`rectifications/${done.id}/history`)).filter((h) => h.operation === 'rectification.reopen');
        assert.equal(states.length, 1);
    });
    await t.test('basically done needs a result, and does not count as done', async () => {
        const other = await item(unit, 'rebound');
        const basic = { rectification: other.id, kind: 'basic', cause: 'building', reason: '系统已建成，尚待验收。' };
        const said = other.result;
        await unit.patch('rectifications', other.id, { result: null });
        stated(await unit.refused(409, 'POST', 'adjustments', { body: basic }), 'result');
        await unit.patch('rectifications', other.id, { result: said });
        const asked = await unit.post('adjustments', basic);
        assert.equal(asked.awaiting, 'discipline');
        await office.moveRefused(409, 'adjustments', asked.id, 'grant', {});
        await discipline.move('adjustments', asked.id, 'grant', { opinion: '成果属实' });
        await office.move('adjustments', asked.id, 'grant', {});
        assert.equal((await unit.get(`rectifications/${other.id}`)).state, 'basic');
        assert.equal(await waits(unit, 'rectification.basic'), 1);
        assert.equal((await leader.figure('rectification_rate')).numerator, rate.numerator - 1);
        await unit.move('rectifications', other.id, 'apply', {});
        assert.equal((await unit.get(`rectifications/${other.id}`)).applied_from, 'basic');
        const back = await discipline.move('rectifications', other.id, 'return', { reason: '尚未验收' });
        assert.equal(back.state, 'basic', 'returned to where it came from');
    });
    await t.test('verify agrees with all of it', () => {
        const done = city.run('verify');
        assert.equal(done.code, 0, done.out + done.err);
    });
});

forEachEngine('shares of an item', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit] = ['office', 'unit'].map((l) => city.as(l));
    const open = await item(unit, 'ongoing');
    const helper = (await office.items(`units?id.ne=${open.unit}&limit=1`))[0];
    const second = await city.person('fen.gong', '分示工', { role: 'unit', unit: helper.id });
    const share = (more) => ({ rectification: open.id, unit: helper.id, part: 'cooperating', content: '提供项目决算资料。', due_on: '2022-03-31', ...more });
    await unit.post('shares', share({ unit: open.unit, part: 'leading', content: '牵头完成决算。' }));
    await unit.refused(404, 'POST', 'shares', { body: share() });
    const given = await office.post('shares', share());
    assert.equal(await second.count('shares'), 1, 'the cooperating unit sees its share');
    assert.deepEqual([await waits(second, 'share.do'), await waits(unit, 'share.do')], [1, 1], 'each has its own before it, not that of the other');
    assert.equal(await second.count(`rectifications?id=${open.id}`), 0, 'and not the item');
    await second.refused(403, 'PATCH', `shares/${given.id}`, { body: { content: '不做了' }, ifMatch: given.version });
    stated(await second.refused(422, 'PATCH', `shares/${given.id}`, { body: { done_on: '2022-01-09' }, ifMatch: given.version }), 'result');
    const asItStands = { content: given.content, due_on: given.due_on };
    const done = await second.patch('shares', given.id, { ...asItStands, result: '资料已移交。', done_on: '2022-01-09' }, given.version);
    await second.refused(403, 'PATCH', `shares/${given.id}`, { body: { ...asItStands, due_on: '2022-06-30' }, ifMatch: done.version });
    assert.deepEqual([await waits(second, 'share.do'), await waits(unit, 'share.do')], [0, 1]);
    assert.equal(done.done_on, '2022-01-09');
    assert.equal((await office.items(`rectifications?id=${open.id}`)).length, 1, 'one finding, one item, however many share it');
});

forEachEngine('letters and instructions', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, discipline, organisation, leader, head] = ['office', 'unit', 'discipline', 'organisation', 'leader', 'head'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const open = await item(unit, 'ongoing');
    const letter = (more) => ({ organiser, kind: 'supervision', body: 'discipline', maker: '示例市纪委监委', number: '示纪督〔2022〕1号', unit: open.unit, subject: '关于督促落实巡察整改的函', demand: '请于时限前书面报告整改情况。', due_on: '2022-01-31', items: [open.id], ...more });
    await t.test('a body writes its own letters only; the office also those of others', async () => {
        await unit.refused(403, 'POST', 'letters', { body: letter() });
        stated(await organisation.refused(403, 'POST', 'letters', { body: letter() }), 'body');
        const foreign = (await office.items(`rectifications?unit.ne=${open.unit}&limit=1`))[0];
        stated(await discipline.refused(422, 'POST', 'letters', { body: letter({ items: [foreign.id] }) }), 'items');
        await office.post('letters', letter({ body: 'organisation', maker: '示例市委组织部', number: '示组督〔2022〕1号', items: [] }));
    });
    await t.test('issued, received, answered, sent back, answered again, closed', async () => {
        const byRule = await waits(office, 'letter.issue');
        const draft = await discipline.post('letters', letter());
        assert.equal(draft.state, 'draft');
        assert.equal(await unit.count(`letters?id=${draft.id}`), 0, 'a draft does not exist for the unit');
        assert.equal(await unit.count(`letter_items?letter=${draft.id}`), 0, 'nor do its items');
        await discipline.refused(409, 'POST', 'letters', { body: letter() });
        await discipline.patch('letters', draft.id, { demand: '请于1月31日前书面报告整改情况。' });
        assert.deepEqual([await waits(discipline, 'letter.issue'), await waits(organisation, 'letter.issue'), await waits(office, 'letter.issue')], [1, 1, byRule], 'each body its own');
        await discipline.move('letters', draft.id, 'issue', {});
        assert.equal(await waits(unit, 'letter.receive'), 1);
        await unit.moveRefused(403, 'letters', draft.id, 'close');
        stated(await unit.moveRefused(422, 'letters', draft.id, 'receive'), 'received_by');
        await unit.move('letters', draft.id, 'receive', { received_by: '办公室主任' });
        stated(await unit.moveRefused(422, 'letters', draft.id, 'reply'), 'reply');
        await unit.move('letters', draft.id, 'reply', { reply: '已完成两项，其余按计划推进。' });
        assert.deepEqual([await waits(unit, 'letter.reply'), await waits(discipline, 'letter.close')], [0, 1]);
        await organisation.moveRefused(403, 'letters', draft.id, 'close');
        await discipline.move('letters', draft.id, 'return', { reason: '缺少佐证材料' });
        await unit.move('letters', draft.id, 'reply', { reply: '补充佐证材料见附件。' });
        const closed = await discipline.move('letters', draft.id, 'close', { opinion: '办结' });
        assert.deepEqual([closed.state, closed.reply, closed.verdict, closed.closed_on], ['closed', '补充佐证材料见附件。', '办结', TODAY]);
        assert.deepEqual((await unit.items('letter_items')).map((i) => i.rectification), [open.id]);
        await discipline.refused(409, 'PATCH', `letters/${draft.id}`, { body: { subject: '改' }, ifMatch: closed.version });
    });
    await t.test('an instruction is closed when its tasks are', async () => {
        const before = await leader.figure('instructions');
        const body = { organiser, kind: 'written', issuer: '市委书记', number: '示巡批〔2022〕1号', issued_on: '2022-01-05', text: '请市委巡察办牵头，限期督办到位。', receiver: '市委巡察办' };
        await head.refused(403, 'POST', 'instructions', { body });
        stated(await office.refused(422, 'POST', 'instructions', { body: { ...body, issued_on: '2022-01-11' } }), 'issued_on');
        const made = await office.post('instructions', body);
        const task = await office.post('instruction_tasks', { instruction: made.id, content: '制定督办清单', owner: '市委巡察办督查科', due_on: '2022-01-20' });
        await office.moveRefused(409, 'instructions', made.id, 'close', { opinion: '已办结' });
        stated(await office.refused(422, 'PATCH', `instruction_tasks/${task.id}`, { body: { done_on: '2022-01-09' }, ifMatch: task.version }), 'result');
        await office.patch('instruction_tasks', task.id, { result: '清单已印发。', done_on: '2022-01-09' });
        stated(await office.moveRefused(422, 'instructions', made.id, 'close'), 'opinion');
        stated(await office.moveRefused(422, 'instructions', made.id, 'close', { opinion: '督办到位' }), 'basis');
        const closed = await office.move('instructions', made.id, 'close', { opinion: '督办到位', basis: '示巡报〔2022〕1号' });
        assert.deepEqual([closed.state, closed.outcome, closed.basis, closed.closed_on], ['closed', '督办到位', '示巡报〔2022〕1号', TODAY]);
        await office.refused(409, 'POST', 'instruction_tasks', { body: { instruction: made.id, content: '再加一项', owner: '督查科' } });
        assert.equal((await leader.figure('instructions')).value, before.value + 1);
        await office.post('instructions', { ...body, kind: 'oral', number: undefined });
        assert.equal((await leader.figure('instructions')).value, before.value + 1, 'only written ones count');
        assert.equal(await unit.count('instructions').catch(() => 'refused'), 'refused', 'they do not exist for a unit');
    });
    await t.test('closed on proof: a file, a paper by its name, or the finding struck off', async () => {
        const named = async (more) => office.post('instructions', { organiser, kind: 'named', issuer: '市委书记', issued_on: '2021-07-07', text: '点到的问题要有结果。', ...more });
        const figures = async () => [(await leader.figure('instructions_named')).value, (await leader.figure('instructions_named_closed')).value, (await leader.figure('instructions')).value];
        const [before, done] = [await figures(), (await office.items('rectifications?state=done&limit=1'))[0]];
        const papers = await named(), files = await named(), struck = await named({ finding: done.finding }), waiting = await named({ finding: open.finding });
        for (const i of [papers, files, waiting]) stated(await office.moveRefused(422, 'instructions', i.id, 'close', { opinion: '已解决' }), 'basis');
        const attach = async (who, of) => who.request('POST', 'attachments', { body: { subject: 'instructions', record: of, name: '办理报告.txt', evidence: await who.upload(Buffer.from('报告'), { organiser }) } });
        assert.equal((await attach(office, files.id)).status, 201);
        assert.ok([403, 404].includes((await attach(discipline, files.id)).status), 'instructions are not theirs');
        assert.equal((await leader.items('attachments?subject=instructions')).length, 1);
        await office.move('instructions', papers.id, 'close', { opinion: '已解决', basis: '专题会议纪要第3期' });
        for (const i of [files, struck]) assert.equal((await office.move('instructions', i.id, 'close', { opinion: '已解决' })).basis, null);
        assert.equal((await attach(office, files.id)).status, 409, 'what is closed takes no more');
        stated(await office.moveRefused(422, 'instructions', waiting.id, 'close', { opinion: '已解决', basis: '纪要', effective_on: '2021-07-06' }), 'effective_on');
        stated(await office.moveRefused(422, 'instructions', waiting.id, 'close', { opinion: '已解决', basis: '纪要', paper_no: '1' }), 'means');
        assert.deepEqual(await figures(), [before[0] + 4, before[1] + 3, before[2]], 'and none of them is a written one');
        assert.equal((await office.items(`signatures?record=${papers.id}`))[0].decision, 'sign', 'what was said stays as it did');
    });
    await t.test('rules made and publicity are registers like the others', async () => {
        const figures = ['rules_organisation', 'rules_office', 'publicity_speeches', 'letters_supervision'];
        const values = async () => Promise.all(figures.map(async (f) => (await leader.figure(f)).value));
        const before = await values();
        assert.equal(before[3], 1, 'the letter that was issued above, not the drafts');
        await office.post('regulations', { organiser, kind: 'rule', body: 'organisation', maker: '示例市委组织部', number: '示组发〔2019〕3号', made_on: '2019-03-04', title: '巡察干部选派办法', stage: 'preparation' });
        await office.post('publications', { organiser, kind: 'speech', body: 'office', maker: '示例市委巡察办', published_on: '2020-06-01', title: '在全省巡察工作会上的交流发言' });
        assert.deepEqual(await values(), [before[0] + 1, before[1], before[2] + 1, before[3]]);
        const then = await leader.get('figures?as_of=2019-03-03'), later = await leader.get('figures?as_of=2019-03-04');
        const on = (all) => all.find((f) => f.id === 'rules_organisation').value;
        assert.equal(on(later), on(then) + 1, 'a rule counts from its day on');
    });
});

forEachEngine('a special round: its focus list, its projects and who answers for them', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, leader] = ['office', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const [leading, helping] = await office.items('units?limit=2&sort=code');
    const round = await office.post('rounds', { organiser, term: '示例市第十三届', type: 'special', name: '重点项目建设专项巡察', year: 2022, taxonomy: 'T6', starts_on: '2022-01-04' });
    const regular = (await office.items('rounds?type=regular&limit=1'))[0];
    for (let i = 1; i <= 29; i++) assert.equal((await office.post('focuses', { round: round.id, text: `第${i}个方面` })).number, i);
    assert.equal(await office.count(`focuses?round=${round.id}`), 29);
    const project = (more) => ({ round: round.id, name: '滨江污水处理厂', kind: 'municipal', unit: leading.id, planned_start: '2018-03-01', actual_start: '2018-09-10', planned_finish: '2019-12-31', estimate_fen: 4200000000, paid_fen: 4580000000, ...more });
    stated(await office.refused(409, 'POST', 'projects', { body: project({ round: regular.id }) }), 'round');
    stated(await office.refused(422, 'POST', 'projects', { body: project({ planned_finish: '2018-01-01' }) }), 'planned_finish');
    stated(await office.refused(422, 'POST', 'projects', { body: project({ actual_start: undefined, actual_finish: '2020-01-01' }) }), 'actual_start');
    const made = await office.post('projects', project());
    assert.deepEqual([made.number, made.unit_name], [1, leading.name]);
    assert.equal((await office.post('projects', project({ name: '东环路改造' }))).number, 2);
    stated(await office.refused(409, 'POST', 'project_units', { body: { project: made.id, unit: leading.id, part: 'cooperating' } }), 'unit');
    await office.post('project_units', { project: made.id, unit: helping.id, part: 'cooperating' });
    await office.refused(409, 'POST', 'project_units', { body: { project: made.id, unit: helping.id, part: 'cooperating' } });
    assert.equal((await office.patch('projects', made.id, { actual_finish: '2021-06-30' })).actual_finish, '2021-06-30');
    assert.equal(await leader.count(`project_units?project=${made.id}`), 1);
    await city.as('unit').refused(403, 'POST', 'focuses', { body: { round: round.id, text: '试' } });
});

forEachEngine('units that end: merged into another, or abolished', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, leader] = ['office', 'unit', 'leader'].map((l) => city.as(l));
    const own = (await unit.items('units'))[0];
    const organiser = (await office.items('organisers'))[0].id;
    const before = await leader.figure('rectification_rate');
    const open = await office.count(`rectifications?unit=${own.id}&state.ne=done`);
    assert.ok(open > 0);
    const into = await office.post('units', { code: 'SZ777', name: '市综合服务局党组', kind: 'government', level: 'city', organiser, in_coverage: true, established_on: '2022-01-01' });
    const child = await office.post('units', { code: 'SZ778', name: '局属服务中心党支部', kind: 'government', level: 'city', organiser, parent: own.id, in_coverage: true });
    const successor = await city.person('cheng.jie', '承示接', { role: 'unit', unit: into.id });

    const impact = await office.get(`units/${own.id}/impact`);
    assert.deepEqual([impact.open_items, impact.children, impact.child_names, impact.live_rounds], [open, 1, [child.name], 0]);
    await unit.refused(403, 'GET', `units/${own.id}/impact`);
    await unit.moveRefused(403, 'units', own.id, 'merge', { into: into.id, reason: '机构改革' });
    await office.moveRefused(409, 'units', own.id, 'abolish', { reason: '机构改革' });
    stated(await office.moveRefused(422, 'units', own.id, 'merge', { reason: '机构改革' }), 'into');
    stated(await office.moveRefused(422, 'units', own.id, 'merge', { into: into.id }), 'reason');
    stated(await office.moveRefused(422, 'units', own.id, 'merge', { into: own.id, reason: '机构改革' }), 'into');

    const kept = await unit.get(`rectifications/${(await unit.items('rectifications?state.ne=done&limit=1'))[0].id}`);
    await unit.post('statements', { rectification: kept.id, kind: 'words', text: '决算尚未完成。', stated_on: TODAY });
    await unit.attach('rectifications', kept.id, kept.inspection, '进度照片');
    const letter = await office.post('letters', { organiser, kind: 'reminder', body: 'office', maker: '市委巡察办', number: '示巡提〔2022〕1号', unit: own.id, subject: '提醒', demand: '请报送进展。', items: [kept.id] });
    await office.move('letters', letter.id, 'issue', {});
    const merged = await office.move('units', own.id, 'merge', { into: into.id, reason: '机构改革方案', effective_on: '2022-01-10' });
    assert.deepEqual([merged.merged_into, merged.abolished_on], [into.id, '2022-01-09']);
    assert.equal(await successor.count('rectifications'), open, 'who takes over answers for what is open');
    for (const path of [`statements?rectification=${kept.id}&kind=words`, `attachments?record=${kept.id}`, `letters?id=${letter.id}`, `letter_items?rectification=${kept.id}`])
        assert.deepEqual([await successor.count(path), await unit.count(path)], [1, 0], `${path} goes with the item`);
    await successor.move('letters', letter.id, 'receive', { received_by: '办公室' });
    assert.equal(await office.count(`rectifications?unit=${own.id}&state.ne=done`), 0);
    const names = new Set((await successor.items('rectifications')).map((r) => r.unit_name));
    assert.deepEqual([...names], [own.name], 'under the name it had when the finding was told');
    assert.equal((await office.get(`units/${child.id}`)).parent, into.id);
    assert.ok((await office.all(`unit_facts?unit=${own.id}`)).every((f) => f.valid_to !== null));
    const after = await leader.figure('rectification_rate');
    assert.deepEqual([after.numerator, after.denominator], [before.numerator, before.denominator], 'no figure moves');
    await office.moveRefused(409, 'units', own.id, 'merge', { into: into.id, reason: '机构改革' });
    assert.equal((await office.move('units', child.id, 'abolish', { reason: '撤销建制' })).abolished_on, '2022-01-09');

    const busy = (await office.items('inspections?state=on_site&limit=1'))[0];
    await office.moveRefused(409, 'units', busy.unit, 'merge', { into: into.id, reason: '机构改革' });
    assert.equal(city.run('verify').code, 0);
});

forEachEngine('fixed at once: struck off from the day it is told', { serve: ['--today', '2021-12-01'] }, async (t, city) => {
    const [office, head, leader] = ['office', 'head', 'leader'].map((l) => city.as(l));
    const live = await liveTeam(city);
    const paper = await writePaper(city, live, 4, { theme: 'winds' });
    const finding = (more) => ({ inspection: live.inspection.id, title: '食堂账目未公示', text: '食堂收支未按月公示。', category: 'T6.1', theme: 'winds', papers: [paper.id], ...more });
    stated(await head.refused(422, 'POST', 'findings', { body: finding({ theme: 'weather' }) }), 'theme');
    stated(await head.refused(422, 'POST', 'findings', { body: finding({ category2: 'T4.1' }) }), 'category2');
    stated(await head.refused(422, 'POST', 'findings', { body: finding({ fixed_on: '2021-11-01', fix_result: '已公示' }) }), 'immediate');
    stated(await head.refused(422, 'POST', 'findings', { body: finding({ immediate: true, fixed_on: '2021-11-01' }) }), 'fix_result');
    stated(await head.refused(422, 'POST', 'findings', { body: finding({ immediate: true, fixed_on: '2022-11-01', fix_result: '已公示' }) }), 'fixed_on');
    const fixed = await head.post('findings', finding({ immediate: true, fixed_on: '2021-11-20', fix_result: '已逐月公示并建立台账。' }));
    const asked = await head.post('findings', finding({ title: '门卫登记不全', immediate: true }));
    const before = await leader.figure('rectification_rate');
    for (const action of ['leave', 'report', 'consult']) await head.move('inspections', live.inspection.id, action, {});
    for (const action of ['deliberate', 'hear']) await office.move('inspections', live.inspection.id, action, {});
    const feedback = await office.post('feedbacks', { inspection: live.inspection.id, number: '示巡反〔2021〕777号', evaluation: '总体平稳。', demands: '按期整改。' });
    await office.move('feedbacks', feedback.id, 'deliver', {});
    const items = await office.all(`rectifications?inspection=${live.inspection.id}`);
    const of = (f) => items.find((i) => i.finding === f.id);
    assert.deepEqual([of(fixed).state, of(fixed).immediate, of(fixed).theme, of(fixed).struck_off_on], ['done', true, 'winds', '2021-12-01']);
    assert.equal(of(asked).state, 'pending', 'asked for, not done yet');
    const named = (await office.get(`rectifications?inspection=${live.inspection.id}&names=true&limit=1`)).items[0];
    assert.match(named.names.theme, /[\u4e00-\u9fff]/, 'the theme is told in words');
    const after = await leader.figure('rectification_rate');
    assert.deepEqual([after.numerator - before.numerator, after.denominator - before.denominator], [1, items.length]);
});

forEachEngine('a finding that was told is taken back by two persons', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, leader, discipline] = ['office', 'unit', 'leader', 'discipline'].map((l) => city.as(l));
    const second = await city.person('fu.he', '复核', { role: 'office', everything: true });
    const rate = await leader.figure('rectification_rate');
    const open = await item(unit, 'ongoing');
    const because = { reason: '经复核，所附凭证属另一单位，事实不成立。' };

    await t.test('asked for by the office with a reason; the item goes on meanwhile', async () => {
        stated(await office.moveRefused(422, 'findings', open.finding, 'ask_revoke', {}), 'reason');
        await unit.moveRefused(403, 'findings', open.finding, 'ask_revoke', because);
        await discipline.moveRefused(403, 'findings', open.finding, 'ask_revoke', because);
        await office.moveRefused(409, 'findings', open.finding, 'revoke');
        stated(await office.moveRefused(422, 'findings', open.finding, 'ask_revoke', { ...because, effective_on: '2022-01-11' }), 'effective_on');
        const asked = await office.move('findings', open.finding, 'ask_revoke', because);
        assert.deepEqual([asked.state, asked.revoke_because, asked.revoked_on], ['revoking', because.reason, null]);
        assert.equal(asked.revoke_account, undefined);
        assert.equal((await unit.get(`rectifications/${open.id}`)).state, 'ongoing');
        assert.equal((await unit.get(`findings/${open.finding}`)).state, 'revoking');
        assert.deepEqual([await waits(second, 'finding.revoke'), await waits(unit, 'finding.revoke')], [1, 0]);
        assert.equal((await leader.figure('rectification_rate')).denominator, rate.denominator);
    });
    await t.test('decided by somebody else than who asked', async () => {
        const refused = await office.moveRefused(403, 'findings', open.finding, 'revoke');
        assert.match(refused.detail ?? refused.title, /提请人/);
        await unit.moveRefused(403, 'findings', open.finding, 'revoke');
        stated(await second.moveRefused(422, 'findings', open.finding, 'keep', {}), 'reason');
        const kept = await second.move('findings', open.finding, 'keep', { reason: '凭证已补正，问题成立。' });
        assert.deepEqual([kept.state, kept.revoke_opinion], ['fed_back', '凭证已补正，问题成立。']);
    });
    await t.test('revoked, the item leaves the base and can still be seen', async () => {
        await office.move('findings', open.finding, 'ask_revoke', because);
        const asked = await unit.post('adjustments', { rectification: open.id, kind: 'extension', cause: 'other', reason: '待决算', due_on: '2022-06-30' });
        await second.moveRefused(409, 'findings', open.finding, 'revoke');
        await unit.move('adjustments', asked.id, 'withdraw', { reason: '不再需要' });
        const revoked = await leader.move('findings', open.finding, 'revoke', { opinion: '同意撤销' });
        assert.deepEqual([revoked.state, revoked.revoked_on, revoked.revoke_opinion], ['revoked', TODAY, '同意撤销']);
        const now = await unit.get(`rectifications/${open.id}`);
        assert.deepEqual([now.state, now.light, now.awaiting], ['revoked', 'done', null]);
        assert.equal((await unit.get(`findings/${open.finding}`)).revoke_because, because.reason);
        const after = await leader.figure('rectification_rate');
        assert.deepEqual([after.numerator, after.denominator], [rate.numerator, rate.denominator - 1]);
        const before = (await leader.get('figures?as_of=2022-01-09')).find((f) => f.id === 'rectification_rate');
        assert.deepEqual([before.numerator, before.denominator], [rate.numerator, rate.denominator]);
        await unit.moveRefused(409, 'rectifications', open.id, 'apply');
        await office.moveRefused(409, 'findings', open.finding, 'ask_revoke', because);
        await office.refused(409, 'POST', 'shares', { body: { rectification: open.id, unit: open.unit, part: 'leading', content: '试' } });
    });
});

forEachEngine('a review does not run on the clock of the unit', { serve: ['--today', '2021-12-20'] }, async (t, city) => {
    const [unit, office, discipline, leader] = ['unit', 'office', 'discipline', 'leader'].map((l) => city.as(l));
    const open = await item(unit, 'ongoing');
    const due = (await unit.get(`rectifications/${open.id}`)).due_on;
    const later = (days) => new Date(Date.parse(due) + days * 86400000).toISOString().slice(0, 10);
    const on = (day) => city.restart(['--today', day]);
    await unit.patch('rectifications', open.id, { result: '已完成。' });
    await unit.attach('rectifications', open.id, open.inspection, '佐证');
    const overdue = (await leader.figure('items_overdue')).value;
    const applied = await unit.move('rectifications', open.id, 'apply');
    assert.deepEqual([applied.light, applied.examine_by, applied.due_on], ['stands', '2022-01-04', due]);
    assert.equal((await leader.figure('items_overdue')).value, overdue - 1, 'it was overdue, and stands now');
    assert.ok((await office.all('rectifications?light=stands')).some((i) => i.id === open.id));
    assert.ok(!(await office.all('rectifications?light=red')).some((i) => i.id === open.id));
    await on('2022-01-10');
    const task = (await discipline.get('tasks')).items.find((x) => x.id === open.id);
    assert.deepEqual([task.due_on, task.days_left], ['2022-01-04', -6], 'the reviewer has a term of his own');
    await on('2021-12-28');
    const reviewed = await discipline.move('rectifications', open.id, 'review', { opinion: '同意' });
    assert.equal(reviewed.examine_by, '2022-01-12', 'and the next one his');
    await on('2022-01-05');
    const back = await office.move('rectifications', open.id, 'return', { reason: '缺验收单' });
    assert.deepEqual([back.state, back.due_on, back.due_first, back.stood_days, back.examine_by, back.light], ['ongoing', later(16), due, 16, null, 'red']);
    assert.equal((await leader.figure('items_overdue')).value, overdue, 'late as it was');
    await on('2022-01-06');
    await unit.move('rectifications', open.id, 'apply');
    await on('2022-01-08');
    const again = await discipline.move('rectifications', open.id, 'return', { reason: '仍缺' });
    assert.deepEqual([again.due_on, again.due_first, again.stood_days], [later(18), due, 18]);
    await unit.move('rectifications', open.id, 'apply');
    const late = (await leader.figure('items_late')).value;
    await discipline.move('rectifications', open.id, 'review', { opinion: '同意' });
    const done = await office.move('rectifications', open.id, 'strike', { opinion: '同意' });
    assert.deepEqual([done.examine_by, done.due_on], [null, later(18)]);
    assert.equal((await leader.figure('items_late')).value, late + (done.applied_on > done.due_on ? 1 : 0));
    assert.equal(city.run('verify').code, 0);
});
