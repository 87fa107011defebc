// An application for strike-off that is sent back: to the unit, or to an earlier step, naming the proof that is missing.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field), `${field} in ${JSON.stringify(problem)}`);
const tasks = async (who, id) => (await who.get('tasks')).items.filter((x) => x.id === id).map((x) => [x.kind, x.missing]);

// The unit's open item, filled in, with its proof.
async function ground(city) {
    const unit = city.as('unit');
    const item = (await unit.items('rectifications?state=ongoing&limit=1'))[0];
    await unit.patch('rectifications', item.id, { measures: '逐项核对。', leader: '示书记', result: '已完成。' });
    await unit.attach('rectifications', item.id, item.inspection, '验收单');
    return unit.get(`rectifications/${item.id}`);
}

forEachEngine('returning an application for strike-off', { serve: ['--today', '2021-11-01'] }, async (t, city) => {
    const [office, unit, discipline] = ['office', 'unit', 'discipline'].map((l) => city.as(l));
    const item = await ground(city);
    const fresh = () => unit.get(`rectifications/${item.id}`);
    const back = (who, status, body) => who.moveRefused(status, 'rectifications', item.id, 'return', body);

    await t.test('refused: no reason, no such step, the step itself, a step where there is none before', async () => {
        await back(office, 409, { reason: '试' });
        await unit.move('rectifications', item.id, 'apply');
        stated(await back(discipline, 422, {}), 'reason');
        stated(await back(discipline, 422, { reason: '试', to: 'supervisor' }), 'to');
        await back(office, 409, { reason: '试' });
        await back(unit, 403, { reason: '试' });
        await city.as('leader').moveRefused(403, 'rectifications', item.id, 'return', { reason: '试' });
        await discipline.move('rectifications', item.id, 'review', { opinion: '佐证齐全' });
        for (const to of ['office', 'nowhere', 'unit']) stated(await back(office, 422, { reason: '试', to }), 'to');
        assert.match((await back(office, 422, { reason: '试', to: 'office' })).errors[0].rule, /supervisor/);
        stated(await back(office, 422, { reason: '试', to: 'supervisor', means: 'ink' }), 'paper_no');
        stated(await back(office, 422, { reason: '试', missing: '缺'.repeat(1001) }), 'missing');
        assert.deepEqual([(await fresh()).state, (await fresh()).step, (await fresh()).missing], ['applied', 1, null]);
    });

    await t.test('to an earlier step: it signs anew in a new turn, with a new term, and the clock goes on standing', async () => {
        await city.restart(['--today', '2021-11-04']);
        const sent = await office.move('rectifications', item.id, 'return', { reason: '未见验收结论', to: 'supervisor', missing: '竣工验收结论' });
        assert.deepEqual([sent.state, sent.step, sent.turn, sent.awaiting, sent.applied_on, sent.due_on, sent.examine_by, sent.missing], ['applied', 0, item.turn + 2, 'discipline', '2021-11-01', item.due_on, '2021-11-19', '竣工验收结论']);
        assert.deepEqual(await tasks(discipline, item.id), [['rectification.review', '竣工验收结论']]);
        assert.deepEqual(await tasks(office, item.id), []);
        assert.deepEqual(await tasks(unit, item.id), []);
        const given = await office.all(`signatures?record=${item.id}&fields=turn,step,decision,opinion`);
        assert.deepEqual(given.map((s) => [s.turn, s.step, s.decision]).sort(), [[item.turn + 1, 'office', 'return'], [item.turn + 1, 'supervisor', 'sign']]);
        await office.moveRefused(409, 'rectifications', item.id, 'strike', {});
        const signed = await discipline.move('rectifications', item.id, 'review', { opinion: '结论已补' });
        assert.deepEqual([signed.step, signed.awaiting, signed.missing, signed.turn], [1, 'office', null, item.turn + 2]);
    });

    await t.test('to the unit: due later by the days it stood, and what is missing is before it until it applies again', async () => {
        await city.restart(['--today', '2021-11-08']);
        const sent = await office.move('rectifications', item.id, 'return', { reason: '照片不清', missing: '整改前后照片' });
        assert.deepEqual([sent.state, sent.awaiting, sent.stood_days, sent.missing, sent.applied_on], ['ongoing', 'unit', 7, '整改前后照片', null]);
        assert.deepEqual(await tasks(unit, item.id), [['rectification.answer', '整改前后照片']]);
        await unit.patch('rectifications', item.id, { result: '已补照片。' });
        assert.equal((await fresh()).missing, '整改前后照片');
        assert.equal((await unit.move('rectifications', item.id, 'apply')).missing, null);
        await discipline.move('rectifications', item.id, 'review', { opinion: '同意' });
        assert.equal((await office.move('rectifications', item.id, 'strike', { opinion: '同意' })).state, 'done');
        assert.equal(city.run('verify').code, 0);
    });
});

forEachEngine('a chain of three: who signed an earlier step signs no later one, whatever was returned between', async (t, city) => {
    const [office, unit, discipline, organisation] = ['office', 'unit', 'discipline', 'organisation'].map((l) => city.as(l));
    const item = await ground(city);
    const rules = await office.get(`rule_sets/${(await office.get(`rounds/${item.round}`)).rule_set}/rules`);
    const [first, last] = rules.chains.strike_off;
    const second = { ...first, step: 'second', label: '第二家监督单位审核', label_en: 'Second supervisor' };
    const later = await office.post('rule_sets', { body: JSON.stringify({ ...rules, version: 2, chains: { ...rules.chains, strike_off: [first, second, last] } }) });
    await office.move('rounds', item.round, 'adopt', { rule_set: later.id, number: '示巡组〔2021〕9号', decided_by: '领导小组', reason: '增加一个审核环节', means: 'ink', paper_no: '9', on_behalf_of: '示组长' });
    const moved = (who, action, body = { opinion: '同意' }) => who.move('rectifications', item.id, action, body);
    await moved(unit, 'apply', {});
    await moved(discipline, 'review');
    await discipline.moveRefused(409, 'rectifications', item.id, 'review', { opinion: '同意' });
    await moved(organisation, 'review');
    assert.equal((await moved(office, 'return', { reason: '请第二家再核', to: 'second' })).step, 1);
    assert.match((await discipline.moveRefused(409, 'rectifications', item.id, 'review', { opinion: '同意' })).detail, /同一人/, 'the first step stands, and so does who signed it');
    assert.equal((await moved(organisation, 'review')).step, 2);
    assert.equal((await moved(office, 'return', { reason: '从头再审', to: 'supervisor' })).step, 0);
    await moved(organisation, 'review');
    assert.match((await organisation.moveRefused(409, 'rectifications', item.id, 'review', { opinion: '同意' })).detail, /同一人|无需重复/);
    await moved(discipline, 'review');
    assert.equal((await moved(office, 'strike')).state, 'done');
    assert.equal(city.run('verify').code, 0);
});
