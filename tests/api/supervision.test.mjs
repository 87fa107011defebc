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
