// Accountability talks: who was called, what each promised, what became of it; a unit counts once however often.
import assert from 'node:assert/strict';
import { Client, NOBODY, forEachEngine } from './lib.mjs';

const TODAY = '2021-12-01';
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const waits = async (who, kind) => (await who.get('tasks')).items.filter((t) => t.kind === kind).reduce((n, t) => n + (t.count ?? 1), 0);
const late = async (who) => (await who.get('digest')).lines.find((l) => l.name === 'talks_late');

forEachEngine('accountability talks', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, discipline, organisation, leader, head] = ['office', 'unit', 'discipline', 'organisation', 'leader', 'head'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const own = (await unit.items('units'))[0];
    const [second, third] = await office.items(`units?id.ne=${own.id}&limit=2&sort=code`);
    const talk = (more) => ({ organiser, number: '示纪谈〔2021〕9号', kind: 'collective', body: 'discipline', maker: '示例市纪委监委', chair: '示主任', held_on: '2021-11-10', cause: 'weak', content: '说明超期事项的原因。', ...more });
    const party = (more) => ({ unit: own.id, post: 'principal', commitment: '十一月底前办结。', due_on: '2021-11-30', ...more });
    const figures = async () => [(await leader.figure('talks')).value, (await leader.figure('talks_units')).value, (await leader.figure('talks_units')).records, (await leader.figure('talks_done')).value];
    let held, called;

    await t.test('each body keeps its own talks, the office those of all', async () => {
        for (const who of [unit, leader, head, city.as('sysadmin'), city.as('auditor')]) await who.refused(403, 'POST', 'talks', { body: talk() });
        await new Client(city).refused(401, 'POST', 'talks', { body: talk() });
        stated(await organisation.refused(403, 'POST', 'talks', { body: talk() }), 'body');
        stated(await discipline.refused(422, 'POST', 'talks', { body: talk({ held_on: '2021-12-02' }) }), 'held_on');
        for (const field of ['number', 'kind', 'cause', 'chair', 'content', 'held_on']) stated(await discipline.refused(422, 'POST', 'talks', { body: talk({ [field]: undefined }) }), field);
        await discipline.refused(404, 'POST', 'talks', { body: talk({ meeting: NOBODY }) });
        held = await discipline.post('talks', talk({ meeting: (await office.items('meetings?limit=1'))[0].id }));
        assert.deepEqual([held.state, held.effective_on], ['held', '2021-11-10']);
        await office.post('talks', talk({ body: 'leading_group', maker: '领导小组', number: '示巡谈〔2021〕9号', held_on: '2021-11-12' }));
        await unit.refused(403, 'GET', `talks/${held.id}`);
        assert.equal((await leader.get(`talks/${held.id}`)).cause, 'weak');
    });

    await t.test('a unit is called once, for an item of its own', async () => {
        const foreign = (await office.items(`rectifications?unit.ne=${own.id}&limit=1`))[0];
        const item = (await unit.items('rectifications?limit=1'))[0];
        const body = party({ talk: held.id });
        stated(await discipline.refused(422, 'POST', 'talk_parties', { body: { ...body, commitment: undefined } }), 'commitment');
        stated(await discipline.refused(422, 'POST', 'talk_parties', { body: { ...body, due_on: '2021-11-09' } }), 'due_on');
        stated(await discipline.refused(422, 'POST', 'talk_parties', { body: { ...body, rectification: foreign.id } }), 'rectification');
        stated(await organisation.refused(403, 'POST', 'talk_parties', { body }), 'body');
        await discipline.refused(404, 'POST', 'talk_parties', { body: { ...body, talk: NOBODY } });
        await discipline.refused(404, 'POST', 'talk_parties', { body: { ...body, unit: NOBODY } });
        called = await discipline.post('talk_parties', { ...body, rectification: item.id });
        assert.deepEqual([called.state, called.unit_name, called.maker, called.held_on, called.cause], ['open', own.name, '示例市纪委监委', '2021-11-10', 'weak']);
        stated(await discipline.refused(409, 'POST', 'talk_parties', { body }), 'unit');
        await discipline.post('talk_parties', party({ talk: held.id, unit: second.id }));
        await discipline.post('talk_parties', party({ talk: held.id, unit: third.id, post: 'resident' }));
        assert.deepEqual(await figures(), [2, 2, 2, 0], 'two talks; two principals and the head of a resident group');
    });

    await t.test('what is edited of the talk stands in the rows; the unit sees its row alone', async () => {
        stated(await discipline.refused(422, 'PATCH', `talks/${held.id}`, { body: { held_on: '2021-12-01' }, ifMatch: held.version }), 'held_on');
        await discipline.patch('talks', held.id, { cause: 'perfunctory', held_on: '2021-11-11' });
        const seen = await unit.items('talk_parties');
        assert.deepEqual(seen.map((p) => [p.unit, p.cause, p.held_on]), [[own.id, 'perfunctory', '2021-11-11']]);
        const whole = await unit.get(`talk_parties/${called.id}?names=true`);
        assert.equal(whole.names.talk, undefined, 'the talk has no name for it');
        const stranger = await city.person('bie.chu', '别处', { role: 'unit', unit: second.id });
        await stranger.refused(404, 'GET', `talk_parties/${called.id}`);
        await stranger.moveRefused(404, 'talk_parties', called.id, 'reply', { result: '已落实。' }, 1);
    });

    await t.test('reported, returned, reported again, confirmed: only with a result', async () => {
        assert.deepEqual([await waits(unit, 'talk_party.reply'), await waits(discipline, 'talk_party.close'), (await late(unit))?.count], [1, 0, 1]);
        await discipline.moveRefused(403, 'talk_parties', called.id, 'reply', { result: '已落实。' });
        await unit.moveRefused(403, 'talk_parties', called.id, 'close');
        await discipline.moveRefused(409, 'talk_parties', called.id, 'close', { opinion: '属实' });
        stated(await unit.moveRefused(422, 'talk_parties', called.id, 'reply', {}), 'result');
        stated(await unit.moveRefused(422, 'talk_parties', called.id, 'reply', { result: '已落实。', done_on: '2021-11-10' }), 'done_on');
        stated(await unit.moveRefused(422, 'talk_parties', called.id, 'reply', { result: '已落实。', done_on: '2021-12-02' }), 'done_on');
        stated(await office.moveRefused(422, 'talk_parties', called.id, 'reply', { result: '已落实。' }), 'on_behalf_of');
        assert.equal((await unit.move('talk_parties', called.id, 'reply', { result: '已落实。', done_on: '2021-11-26' })).state, 'reported');
        assert.deepEqual([await waits(unit, 'talk_party.reply'), await waits(discipline, 'talk_party.close'), await waits(organisation, 'talk_party.close')], [0, 1, 0], 'the body that talked');
        await discipline.refused(409, 'PATCH', `talk_parties/${called.id}`, { body: { due_on: '2021-12-10' }, ifMatch: (await office.get(`talk_parties/${called.id}`)).version });
        stated(await discipline.moveRefused(422, 'talk_parties', called.id, 'return', {}), 'reason');
        await organisation.moveRefused(403, 'talk_parties', called.id, 'return', { reason: '缺材料' });
        const back = await discipline.move('talk_parties', called.id, 'return', { reason: '没有佐证材料' });
        assert.deepEqual([back.state, back.done_on, back.verdict], ['open', null, '没有佐证材料']);
        await unit.move('talk_parties', called.id, 'reply', { result: '已落实，材料见附件。', done_on: '2021-11-29' });
        stated(await discipline.moveRefused(422, 'talk_parties', called.id, 'close', { effective_on: '2021-11-28' }), 'effective_on');
        const done = await discipline.move('talk_parties', called.id, 'close', { opinion: '经核实' });
        assert.deepEqual([done.state, done.result, done.done_on, done.closed_on], ['done', '已落实，材料见附件。', '2021-11-29', TODAY]);
        await unit.moveRefused(409, 'talk_parties', called.id, 'reply', { result: '再报一次。' });
        assert.deepEqual(await figures(), [2, 2, 2, 1]);
    });

    await t.test('papers are its keepers to give and to see', async () => {
        const attach = async (who) => who.request('POST', 'attachments', { body: { subject: 'talks', record: held.id, name: '约谈记录.txt', evidence: await who.upload(Buffer.from('记录'), { organiser }) } });
        assert.equal((await attach(office)).status, 201);
        const [paper] = await discipline.items(`attachments?subject=talks&record=${held.id}`);
        assert.equal(paper.name, '约谈记录.txt');
        assert.equal((await leader.items(`attachments?subject=talks`)).length, 1);
        assert.deepEqual(await unit.items('attachments?subject=talks'), []);
        await head.refused(404, 'GET', `attachments/${paper.id}`);
    });

    await t.test('called twice is one unit; the figure opens all rows, and freezes', async () => {
        const again = await office.post('talks', talk({ number: '示纪谈〔2021〕10号', held_on: '2021-11-25', kind: 'talk' }));
        await office.post('talk_parties', party({ talk: again.id, due_on: '2021-12-31' }));
        assert.deepEqual(await figures(), [3, 2, 3, 1]);
        const figure = await leader.figure('talks_units');
        assert.equal((await leader.get(`talk_parties/count?${figure.numerator_list.split('?')[1]}`)).count, 3);
        const cells = (await leader.get('figures/talks_units/breakdown?by=year')).cells;
        assert.deepEqual(cells.map((c) => [c.value, c.records]), [[2, 3]]);
        const set = await office.post('figure_sets', { organiser, title: '试', as_of: TODAY, chosen: 'talks,talks_units' });
        const frozen = await office.all(`frozen_figures?figure_set=${set.id}`);
        assert.deepEqual(frozen.map((f) => [f.indicator, f.numerator]).sort(), [['talks', 3], ['talks_units', 2]]);
        const stays = (await office.get(`figure_sets/${set.id}/compare`)).figures.map((f) => f.changed);
        assert.deepEqual(stays, [false, false]);
        const voided = await office.move('talks', again.id, 'void', { reason: '重复登记' });
        assert.equal(voided.state, 'void');
        assert.deepEqual(await figures(), [2, 2, 2, 1]);
        const moved = (await office.get(`figure_sets/${set.id}/compare`)).figures;
        assert.deepEqual(moved.map((f) => [f.indicator, f.now.numerator]).sort(), [['talks', 2], ['talks_units', 2]]);
        assert.ok(moved.every((f) => f.changed), 'one row less behind the same number is told');
        await office.refused(409, 'PATCH', `talks/${again.id}`, { body: { content: '改' }, ifMatch: voided.version });
        await office.refused(409, 'POST', 'talk_parties', { body: party({ talk: again.id, unit: second.id, due_on: '2021-12-31' }) });
        stated(await discipline.moveRefused(422, 'talks', held.id, 'void', {}), 'reason');
        const wrong = (await office.items(`talk_parties?talk=${held.id}&unit=${second.id}`))[0];
        await discipline.move('talk_parties', wrong.id, 'void', { reason: '单位登记错误' });
        assert.deepEqual(await figures(), [2, 1, 1, 1]);
        await discipline.post('talk_parties', party({ talk: held.id, unit: second.id }));
    });

    await t.test('an open commitment goes with what a unit is merged into', async () => {
        await office.move('units', second.id, 'merge', { into: third.id, reason: '机构改革', effective_on: TODAY });
        assert.deepEqual((await office.items(`talk_parties?unit=${third.id}&state=open&sort=id`)).map((p) => p.unit_name).sort(), [second.name, third.name].sort());
        assert.equal(city.run('verify').code, 0);
    });
});
