// The first page: what waits, what was done, tasks passed on with a reason, one digest a day whose lines open their lists.
import assert from 'node:assert/strict';
import { forEachEngine, inChinese } from './lib.mjs';

forEachEngine('home', async (t, city) => {
    const office = city.as('office');
    const unit = city.as('unit');
    const item = (await office.items('rectifications?state=ongoing&unit.code=SZ001'))[0];
    const asked = await unit.post('adjustments', { rectification: item.id, kind: 'extension', cause: 'other', reason: '待决算', due_on: '2022-06-30' });
    const clerk = await city.person('jing.ban', '经办', { role: 'office', everything: true });
    const waiting = async (who) => (await who.items('tasks')).find((x) => x.kind === 'adjustment.decide' && x.id === asked.id);

    await t.test('a task is passed on to a holder of the role, with a reason', async () => {
        const before = (await office.get('tasks')).total;
        assert.equal((await waiting(office)).may_pass, true);
        const made = await office.post('handovers', { task: 'adjustment.decide', record: asked.id, person: clerk.person.id, reason: '由联络该单位的同志办理' });
        assert.deepEqual([made.person_name, made.from_name, made.role, made.given_on], ['经办', '顾示衡', 'office', '2021-10-31']);
        const [mine, hers] = [await waiting(office), await waiting(clerk)];
        assert.deepEqual([mine.passed_to, mine.passed_by], ['经办', null]);
        assert.deepEqual([hers.passed_to, hers.passed_by, hers.passed_because], [null, '顾示衡', '由联络该单位的同志办理']);
        assert.equal((await office.get('tasks')).total, before - 1, 'it no longer counts as mine');
        await clerk.move('adjustments', asked.id, 'grant', { opinion: '同意' });
        assert.equal(await waiting(office), undefined);
    });

    await t.test('not to somebody without the role, nor what is done or signed by name', async () => {
        const open = (await office.items('tasks')).find((x) => x.kind === 'instruction.close');
        const person = (await office.items('people?name=' + encodeURIComponent('石示鉴')))[0];
        const no = await office.refused(409, 'POST', 'handovers', { body: { task: open.kind, record: open.id, person: person.id, reason: '试' } });
        assert.equal(no.errors[0].field, 'person');
        assert.ok(inChinese(no));
        assert.equal((await office.refused(409, 'POST', 'handovers', { body: { task: 'adjustment.decide', record: asked.id, person: clerk.person.id, reason: '试' } })).errors[0].field, 'task');
        const live = (await city.as('member1').items('papers?limit=1'))[0];
        assert.equal((await city.as('head').refused(422, 'POST', 'handovers', { body: { task: 'paper.author', record: live.id, person: person.id, reason: '试' } })).errors[0].field, 'task');
        await office.refused(422, 'POST', 'handovers', { body: { task: open.kind, record: open.id, person: clerk.person.id } });
        await unit.refused(403, 'POST', 'handovers', { body: { task: 'rectification.answer', record: item.id, person: person.id, reason: '试' } });
    });

    await t.test('what was done lately, newest first, and only what one still sees', async () => {
        const done = await clerk.items('tasks/done');
        assert.deepEqual([done[0].label, done[0].entity], ['批准调整', 'adjustments']);
        assert.ok((await office.items('tasks/done')).some((d) => d.label === '转办'));
        assert.deepEqual(await city.as('auditor').items('tasks/done'), []);
    });

    await t.test('the digest counts what its lists hold, in one\'s own scope', async () => {
        for (const login of ['office', 'unit', 'discipline', 'leader', 'head', 'member1']) {
            const who = city.as(login);
            const digest = await who.get('digest');
            assert.equal(digest.day, '2021-10-31');
            assert.ok(digest.lines.length >= 2, login);
            for (const line of digest.lines) {
                const [entity, query] = line.list.split('?');
                assert.equal((await who.get(`${entity}/count?${query}`)).count, line.count, `${login} ${line.name}`);
            }
        }
        const late = (await office.get('digest')).lines.find((l) => l.name === 'items_late');
        assert.equal(late.count, await office.count('rectifications?light=red'));
        assert.ok(late.count > 0);
        assert.deepEqual((await city.as('auditor').get('digest')).lines, []);
    });
});
