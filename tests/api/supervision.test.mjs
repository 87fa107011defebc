// What supervision leaves behind: old matters resolved, bodies urged, clean-ups, the supervisors' own log.
import assert from 'node:assert/strict';
import { Client, NOBODY, forEachEngine } from './lib.mjs';

const TODAY = '2021-12-01';
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const figure = async (who, id) => (await who.figure(id)).value;

forEachEngine('old unresolved matters', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, discipline, organisation, leader] = ['office', 'unit', 'discipline', 'organisation', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const item = (await unit.items('rectifications?limit=1'))[0];
    const foreign = (await office.items(`rectifications?unit.ne=${item.unit}&limit=1`))[0];
    const matter = (more) => ({ organiser, number: '遗〔2021〕1号', title: '安置小区产权证未办理', since: 2006, unit: item.unit, obstacle: '开发单位注销。', body: 'discipline', lead_body: '示例市纪委监委', entered_on: '2021-11-10', ...more });
    let made;

    await t.test('kept by the body that leads, and by the office', async () => {
        for (const login of ['unit', 'leader', 'head', 'member1', 'sysadmin', 'auditor']) await city.as(login).refused(403, 'POST', 'legacy_issues', { body: matter() });
        await new Client(city).refused(401, 'POST', 'legacy_issues', { body: matter() });
        stated(await organisation.refused(403, 'POST', 'legacy_issues', { body: matter() }), 'body');
        for (const field of ['title', 'since', 'obstacle', 'lead_body', 'body']) stated(await discipline.refused(422, 'POST', 'legacy_issues', { body: matter({ [field]: undefined }) }), field);
        for (const since of [1948, 2022]) stated(await discipline.refused(422, 'POST', 'legacy_issues', { body: matter({ since }) }), 'since');
        stated(await discipline.refused(422, 'POST', 'legacy_issues', { body: matter({ entered_on: '2021-12-02' }) }), 'entered_on');
        stated(await discipline.refused(422, 'POST', 'legacy_issues', { body: matter({ rectification: foreign.id }) }), 'rectification');
        stated(await discipline.refused(422, 'POST', 'legacy_issues', { body: matter({ finding: foreign.finding }) }), 'finding');
        await discipline.refused(404, 'POST', 'legacy_issues', { body: matter({ unit: NOBODY }) });
        made = await discipline.post('legacy_issues', matter({ rectification: item.id, finding: item.finding }));
        assert.deepEqual([made.state, made.unit_name, made.effective_on], ['open', item.unit_name, '2021-11-10']);
        await unit.refused(403, 'GET', `legacy_issues/${made.id}`);
        assert.equal((await leader.get(`legacy_issues/${made.id}`)).title, made.title);
        await discipline.patch('legacy_issues', made.id, { measures: '按季会商。' });
        await organisation.refused(403, 'PATCH', `legacy_issues/${made.id}`, { body: { measures: '改' }, ifMatch: 2 });
    });

    await t.test('resolved with what came of it and a basis, and then it stands', async () => {
        assert.deepEqual([await figure(leader, 'legacy_resolved'), await figure(leader, 'legacy_open')], [0, 1]);
        stated(await discipline.moveRefused(422, 'legacy_issues', made.id, 'close', { basis: '登记报告' }), 'result');
        stated(await discipline.moveRefused(422, 'legacy_issues', made.id, 'close', { result: '已发证。' }), 'basis');
        stated(await discipline.moveRefused(422, 'legacy_issues', made.id, 'close', { result: '已发证。', basis: '登记报告', effective_on: '2021-11-09' }), 'effective_on');
        stated(await organisation.moveRefused(403, 'legacy_issues', made.id, 'close', { result: '已发证。', basis: '登记报告' }), 'body');
        await leader.moveRefused(403, 'legacy_issues', made.id, 'close', { result: '已发证。', basis: '登记报告' });
        const done = await discipline.move('legacy_issues', made.id, 'close', { result: '已发证。', basis: '登记报告', effective_on: '2021-11-30' });
        assert.deepEqual([done.state, done.result, done.basis, done.resolved_on, done.resolved_by], ['resolved', '已发证。', '登记报告', '2021-11-30', (await discipline.get('session')).name]);
        await discipline.refused(409, 'PATCH', `legacy_issues/${made.id}`, { body: { title: '改' }, ifMatch: done.version });
        await discipline.moveRefused(409, 'legacy_issues', made.id, 'void', { reason: '误录' });
        assert.deepEqual([await figure(leader, 'legacy_resolved'), await figure(leader, 'legacy_open')], [1, 0]);
        assert.equal((await leader.figure('legacy_resolved', '?year=2020')).value, 0);
        const wrong = await office.post('legacy_issues', matter({ number: '遗〔2021〕2号' }));
        stated(await office.moveRefused(422, 'legacy_issues', wrong.id, 'void', {}), 'reason');
        assert.equal((await office.move('legacy_issues', wrong.id, 'void', { reason: '误录' })).state, 'void');
        assert.equal(await figure(leader, 'legacy_open'), 0);
    });
});

forEachEngine('bodies urged by letters', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, leader] = ['office', 'unit', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const department = (await office.items('units?kind=government&limit=1&sort=code'))[0];
    const county = await office.post('units', { code: 'XQ1', name: '中共示东县委员会', kind: 'county', level: 'county', organiser, in_coverage: false, coverage_reason: '县级党委' });
    const urge = async (unit, number, kind = 'urge') => office.post('letters', { organiser, kind, body: 'office', maker: '市委巡察办', number, unit, subject: '督促清理整治', demand: '请组织清理。' });
    const figures = async () => Promise.all(['urged_departments', 'urged_counties', 'letters_supervision'].map(async (f) => (await leader.figure(f)).value));
    const before = await figures();

    await t.test('each receiver counts once, when its letter has gone out', async () => {
        const [one, again, away] = [await urge(department.id, '示巡促1号'), await urge(department.id, '示巡促2号'), await urge(county.id, '示巡促3号')];
        assert.deepEqual(await figures(), before, 'a draft urges nobody');
        for (const l of [one, again, away]) await office.move('letters', l.id, 'issue', {});
        assert.deepEqual(await figures(), [before[0] + 1, before[1] + 1, before[2]], 'and supervision letters are others');
        const figure = await leader.figure('urged_departments');
        assert.equal((await leader.get(`letters/count?${figure.numerator_list.split('?')[1]}`)).count, figure.records);
        assert.equal(figure.records, 2);
        const reminder = await urge(county.id, '示巡提9号', 'reminder');
        await office.move('letters', reminder.id, 'issue', {});
        assert.deepEqual(await figures(), [before[0] + 1, before[1] + 1, before[2]]);
        assert.equal((await leader.figure('urged_counties', '?year=2020')).value, 0);
        assert.equal(await unit.count(`letters?id=${away.id}`), 0, 'it is not theirs');
    });

    await t.test('the base of the coverage is as it was', async () => assert.equal((await leader.items(`units?in_coverage=true&id=${county.id}`)).length, 0));
});

forEachEngine('return visits and looking back', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, discipline, leader] = ['office', 'discipline', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const draw = (more) => office.post('rechecks', { organiser, title: '回访', strata: 'whole', size: 4, seed: '试', ...more });
    const figures = async () => Promise.all(['return_visits', 'look_backs'].map(async (f) => (await leader.figure(f)).value));
    const rate = async () => { const f = await leader.figure('rate_confirmed'); return [f.numerator, f.denominator]; };

    await t.test('a recheck is a sample unless it is said to be more, and is counted by its kind', async () => {
        assert.equal((await draw()).kind, 'sample');
        assert.deepEqual(await figures(), [0, 0]);
        const visit = await draw({ kind: 'return_visit' });
        const back = await draw({ kind: 'look_back' });
        assert.deepEqual([visit.kind, back.kind, ...await figures()], ['return_visit', 'look_back', 1, 1]);
        await office.move('rechecks', back.id, 'void', { reason: '试' });
        assert.deepEqual(await figures(), [1, 0]);
        stated(await office.refused(422, 'POST', 'rechecks', { body: { organiser, title: '试', strata: 'whole', size: 1, kind: 'visit' } }), 'kind');
    });

    await t.test('what was found counts for the rate once, by the last result; nothing is reopened by a partial one', async () => {
        const visit = (await office.items('rechecks?kind=return_visit'))[0];
        const items = await office.items(`recheck_items?recheck=${visit.id}&sort=id`);
        const done = await leader.figure('findings_rectified');
        const [n, of] = await rate();
        const enter = async (i, body) => discipline.move('recheck_items', i.id, 'record', { means: 'site', ...body });
        await enter(items[0], { result: 'partial', found: '台账有缺项。' });
        for (const i of items.slice(1)) await enter(i, { result: 'confirmed' });
        assert.deepEqual(await rate(), [n + 3, of + 4], 'partly true is not true');
        assert.equal((await leader.figure('findings_rectified')).value, done.value);
        const closed = await office.move('rechecks', visit.id, 'close', { opinion: '总体属实。' });
        assert.deepEqual([closed.state, closed.conclusion], ['closed', '总体属实。']);
        const later = await draw({ kind: 'look_back' }), again = (await office.items(`recheck_items?recheck=${later.id}&rectification=${items[0].rectification}`))[0];
        assert.ok(again, 'the same seed draws the same items');
        await enter(again, { result: 'confirmed' });
        assert.deepEqual(await rate(), [n + 4, of + 4], 'mended since: the last result stands');
    });
});

forEachEngine('the log of supervision', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, discipline, organisation, leader] = ['office', 'unit', 'discipline', 'organisation', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const item = (await unit.items('rectifications?limit=1'))[0];
    const foreign = (await office.items(`rectifications?unit.ne=${item.unit}&limit=1`))[0];
    const entry = (more) => ({ organiser, body: 'discipline', supervisor: '第一监督检查室', unit: item.unit, method: 'site', done_on: '2021-11-10', found: '台账与现场不一致。', ...more });
    const late = async (who) => (await who.get('digest')).lines.find((l) => l.name === 'demands_late')?.count ?? 0;
    let made;

    await t.test('each body writes its own, the office too, and sees those of all', async () => {
        for (const login of ['unit', 'leader', 'head', 'member1', 'sysadmin', 'auditor']) await city.as(login).refused(403, 'POST', 'supervision_logs', { body: entry() });
        for (const who of [organisation, office]) stated(await who.refused(403, 'POST', 'supervision_logs', { body: entry() }), 'body');
        for (const field of ['supervisor', 'method', 'done_on', 'found']) stated(await discipline.refused(422, 'POST', 'supervision_logs', { body: entry({ [field]: undefined }) }), field);
        stated(await discipline.refused(422, 'POST', 'supervision_logs', { body: entry({ done_on: '2021-12-02' }) }), 'done_on');
        stated(await discipline.refused(422, 'POST', 'supervision_logs', { body: entry({ rectification: foreign.id }) }), 'rectification');
        made = await discipline.post('supervision_logs', entry({ rectification: item.id, demand: '重新核对。', due_on: '2021-11-25' }));
        await organisation.post('supervision_logs', entry({ body: 'organisation', method: 'plan' }));
        await office.post('supervision_logs', entry({ body: 'office', method: 'visit' }));
        for (const who of [office, discipline, organisation, leader]) assert.equal(await who.count('supervision_logs'), 3);
        await unit.refused(403, 'GET', 'supervision_logs');
        await unit.refused(403, 'GET', `supervision_logs/${made.id}`);
        assert.equal(await figure(leader, 'supervision_entries'), 3);
    });

    await t.test('an overdue demand is in the digest until it is met, with a result', async () => {
        stated(await discipline.refused(422, 'POST', 'supervision_logs', { body: entry({ due_on: '2021-11-25' }) }), 'demand');
        stated(await discipline.refused(422, 'POST', 'supervision_logs', { body: entry({ demand: '核对。', due_on: '2021-11-09' }) }), 'due_on');
        assert.deepEqual([await late(discipline), await late(office), await late(organisation), await late(unit)], [1, 1, 1, 0]);
        const line = (await discipline.get('digest')).lines.find((l) => l.name === 'demands_late');
        assert.equal((await discipline.items(line.list)).length, 1, 'its door opens what it counted');
        const edit = (body) => ({ body, ifMatch: made.version });
        stated(await discipline.refused(422, 'PATCH', `supervision_logs/${made.id}`, edit({ met_on: '2021-11-30' })), 'result');
        stated(await discipline.refused(422, 'PATCH', `supervision_logs/${made.id}`, edit({ met_on: '2021-12-02', result: '已核对。' })), 'met_on');
        await organisation.refused(403, 'PATCH', `supervision_logs/${made.id}`, edit({ result: '改' }));
        await unit.refused(403, 'PATCH', `supervision_logs/${made.id}`, edit({ result: '改' }));
        await discipline.patch('supervision_logs', made.id, { met_on: '2021-11-30', result: '已核对。' });
        assert.equal(await late(discipline), 0);
    });

    await t.test('its papers are its own', async () => {
        const attach = async (who) => who.request('POST', 'attachments', { body: { subject: 'supervision_logs', record: made.id, name: '检查记录.txt', evidence: await who.upload(Buffer.from('记录'), { organiser }) } });
        assert.equal((await attach(office)).status, 201);
        assert.ok([403, 404].includes((await attach(organisation)).status));
        assert.equal((await discipline.items('attachments?subject=supervision_logs')).length, 1);
        assert.deepEqual(await unit.items('attachments?subject=supervision_logs'), []);
    });
});

forEachEngine('special clean-ups', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, discipline, leader] = ['office', 'unit', 'discipline', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const back = await office.post('rechecks', { organiser, title: '回头看', strata: 'whole', size: 2, kind: 'look_back' });
    const body = { organiser, number: '示治1号', title: '砂石堆场专项整治', theme: '岸线占用', body: 'office', maker: '市委巡察办', from_on: '2021-06-01', problems_found: 12, problems_solved: 11, rules_made: 2, look_back: back.id };
    for (const who of [unit, discipline, leader]) await who.refused(403, 'POST', 'clean_ups', { body });
    for (const field of ['title', 'theme', 'maker', 'from_on']) stated(await office.refused(422, 'POST', 'clean_ups', { body: { ...body, [field]: undefined } }), field);
    const made = await office.post('clean_ups', body);
    assert.equal((await discipline.get(`clean_ups/${made.id}?names=true`)).names.look_back, '回头看');
    await office.patch('clean_ups', made.id, { to_on: '2021-10-29', problems_solved: 12 });
    assert.equal(await figure(leader, 'clean_ups'), 1);
    assert.equal((await leader.figure('clean_ups', '?year=2020')).value, 0);
    await unit.refused(403, 'GET', `clean_ups/${made.id}`);
});
