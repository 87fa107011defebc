// What a unit is called and who supervises it has days: a change of a later day is planned, and may be taken back.
import assert from 'node:assert/strict';
import { forEachEngine, made } from './lib.mjs';

const TODAY = '2021-11-10';
const OFFICE = '第九监督检查室';
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);

forEachEngine('a planned change of a unit holds from its day on', { serve: ['--today', TODAY] }, async (t, city) => {
    const office = city.as('office');
    const unit = (await office.items('units?code=SZ001'))[0];
    const was = { name: unit.name, supervision_office: unit.supervision_office, principal: unit.principal };
    const change = (body) => office.move('units', unit.id, 'change', { reason: '机构改革', ...body });
    const refused = (status, body) => office.moveRefused(status, 'units', unit.id, 'change', { reason: '机构改革', ...body });
    const now = () => office.get(`units/${unit.id}`);
    const rows = async (fact) => (await office.all(`unit_facts?unit=${unit.id}&fact=${fact}`)).sort((a, b) => String(a.valid_from).localeCompare(String(b.valid_from)));
    const hits = async (word) => (await office.get(`search?q=${encodeURIComponent(word)}`)).items.filter((h) => h.id === unit.id).length;
    const withdraw = (row, reason) => office.move('unit_facts', row.id, 'withdraw', { reason });

    await t.test('entered ahead it stands in the history, not yet in the register', async () => {
        const answer = await change({ fact: 'name', value: '市产业发展局党组', valid_from: '2021-12-01' });
        assert.equal(answer.name, was.name);
        await change({ fact: 'supervision_office', value: OFFICE, valid_from: '2021-11-20' });
        const read = await now();
        assert.deepEqual([read.name, read.supervision_office], [was.name, was.supervision_office]);
        assert.equal(await office.count(`units?supervision_office=${encodeURIComponent(OFFICE)}`), 0);
        const names = await rows('name');
        assert.deepEqual([names.at(-2).valid_to, names.at(-1).value, names.at(-1).valid_from], ['2021-11-30', '市产业发展局党组', '2021-12-01']);
    });

    await t.test('what would contradict it is refused', async () => {
        const problem = await refused(409, { fact: 'name', value: '市工信局党组', valid_from: TODAY });
        stated(problem, 'valid_from');
        assert.match(problem.errors[0].remedy, /撤回/);
        stated(await refused(409, { fact: 'name', value: '市产业发展局党组', valid_from: '2022-01-01' }), 'value');
        stated(await office.moveRefused(422, 'units', unit.id, 'merge', { into: (await office.items('units?code=SZ003'))[0].id, reason: '机构改革', effective_on: '2021-12-01' }), 'effective_on');
        stated(await office.moveRefused(422, 'units', unit.id, 'abolish', { reason: '机构改革', effective_on: '2021-12-01' }), 'effective_on');
    });

    await t.test('it is taken back with a reason, by who may enter it, the last one first', async () => {
        await change({ fact: 'name', value: '市产业促进局党组', valid_from: '2022-01-01' });
        const [, planned, later] = (await rows('name')).slice(-3);
        await office.moveRefused(409, 'unit_facts', planned.id, 'withdraw', { reason: '方案未通过' });
        stated(await office.moveRefused(422, 'unit_facts', later.id, 'withdraw', {}), 'reason');
        for (const login of ['leader', 'discipline', 'head', 'auditor']) await city.as(login).refused(403, 'POST', `unit_facts/${later.id}/withdraw`, { body: { reason: '方案未通过' }, version: later.version });
        const gone = await withdraw(later, '方案未通过');
        assert.deepEqual([gone.withdrawn_on, gone.withdrawn_because, gone.valid_to], [TODAY, '方案未通过', '2021-12-31']);
        await office.moveRefused(409, 'unit_facts', later.id, 'withdraw', { reason: '方案未通过' });
        assert.equal((await rows('name')).find((r) => r.id === planned.id).valid_to, null, 'the one before goes on');
    });

    await t.test('an entry in error is taken back the same way, and the value before holds again', async () => {
        await change({ fact: 'principal', value: '误示录', valid_from: '2021-11-01' });
        assert.equal((await now()).principal, '误示录');
        const last = (await rows('principal')).at(-1);
        await withdraw(last, '录入有误');
        assert.equal((await now()).principal, was.principal);
        await change({ fact: 'principal', value: '正示录', valid_from: '2021-11-02' });
        assert.equal((await now()).principal, '正示录');
        await change({ fact: 'principal', value: '', valid_from: '2021-11-09' });
        assert.equal((await now()).principal, null, 'nobody, from that day on');
        const first = (await rows('name'))[0];
        await office.moveRefused(409, 'unit_facts', first.id, 'withdraw', { reason: '录入有误' });
    });

    await t.test('on its day it holds, by the daily run, and once', async () => {
        await city.stop();
        const day = (today) => JSON.parse(made(['escalate', ...city.args, '--today', today, '--json'], { cwd: city.folder }).out).units;
        assert.deepEqual([day('2021-11-19'), day('2021-11-20'), day('2021-11-20')], [0, 1, 0]);
        await city.start(['--today', '2021-11-30']);
        const before = await now();
        assert.deepEqual([before.name, before.supervision_office], [was.name, OFFICE]);
        assert.equal(await office.count(`units?supervision_office=${encodeURIComponent(OFFICE)}`), 1);
        const effect = (await office.items(`units/${unit.id}/history`)).at(-1);
        assert.equal(effect.operation, 'unit.take_effect');
        await city.restart(['--today', '2021-12-02']); // the server runs it by itself
        for (let i = 0; i < 100 && (await now()).name === was.name; i++) await new Promise((r) => setTimeout(r, 50));
        assert.deepEqual([(await now()).name, (await now()).effective_on], ['市产业发展局党组', '2021-12-01']);
        assert.equal(await hits('市产业发展局'), 1);
    });

    await t.test('a unit that ends takes its planned changes with it', async () => {
        await change({ fact: 'leader_in_charge', value: '后示来', valid_from: '2022-03-01' });
        await office.move('units', unit.id, 'merge', { into: (await office.items('units?code=SZ003'))[0].id, reason: '机构改革', effective_on: '2021-12-02' });
        const leaders = await rows('leader_in_charge');
        assert.deepEqual([leaders.at(-1).withdrawn_on, leaders.at(-1).valid_to], ['2021-12-02', '2022-02-28']);
        assert.ok(leaders.slice(0, -1).every((r) => r.valid_to <= '2021-12-01'), 'what held ends with it');
        await office.moveRefused(409, 'unit_facts', (await rows('supervision_office')).at(-1).id, 'withdraw', { reason: '录入有误' });
    });
    await city.stop();
    assert.equal(city.run('verify').code, 0);
});
