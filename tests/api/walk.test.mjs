// Nothing gets stuck: items walked at random by everybody who may move them. After each step somebody has the item
// before him or it is closed, an item stands exactly while an objection to it is open, and a due date never comes nearer
// but by a new one that a person gave.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const STEPS = 2600;

// The same walk each time: a multiplier and the high bits of it.
function dice(seed) {
    let state = BigInt(seed);
    return (sides) => {
        state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
        return Number((state >> 33n) % BigInt(sides));
    };
}

forEachEngine('items walked at random', async (t, city) => {
    const people = Object.fromEntries(['unit', 'office', 'leader', 'discipline', 'organisation'].map((l) => [l, city.as(l)]));
    const { unit, office } = people;
    people.second = await city.person('fu.he', '复核', { role: 'office', everything: true });
    const own = (await unit.items('rectifications?state=ongoing&limit=1'))[0];
    const feedback = (await unit.get(`rectifications/${own.id}`)).feedback;
    const told = (await unit.get(`feedbacks/${feedback}`)).delivered_on;
    for (const n of [201, 202, 203]) await office.post('findings/past', { round: own.round, unit: own.unit, number: n, title: `补录的第${n}个问题`, state: 'ongoing', due_on: '2022-03-31', fed_back_on: told });
    const items = await unit.all(`rectifications?inspection=${own.inspection}&state=ongoing&sort=number`);
    assert.equal(items.length, 4);
    await unit.patch('rectifications', items[0].id, { measures: '逐项核对。', leader: '示例领导' });
    for (const i of items) await unit.attach('rectifications', i.id, own.inspection, `佐证 ${i.number}`);

    const roll = dice(20211103);
    const pick = (list) => (list.length ? list[roll(list.length)] : undefined);
    const who = () => pick(Object.values(people));
    const post = (p, path, body, ifMatch) => p.request('POST', path, { body, ifMatch });
    async function move(p, entity, id, action, body = {}) {
        const now = (await p.request('GET', `${entity}/${id}`)).json;
        return post(p, `${entity}/${id}/${action}`, body, now?.version ?? 1);
    }
    // What somebody may try; most of it is refused at any one time, and that is part of the walk.
    const tries = [
        (i, p) => move(p, 'rectifications', i.id, pick(['start', 'apply', 'review', 'strike']), { opinion: '同意' }),
        (i, p) => move(p, 'rectifications', i.id, pick(['return', 'reopen']), { reason: '材料不足' }),
        (i, p) => move(pick([people.second, office, p]), 'rectifications', i.id, 'return', { reason: '请再审', to: pick(['supervisor', 'supervisor', 'office', 'unit', undefined]), missing: pick(['验收单', undefined]) }),
        async (i, p) => p.request('PATCH', `rectifications/${i.id}`, { body: { measures: '逐项核对。', leader: '示例领导', result: '已完成。' }, ifMatch: (await p.request('GET', `rectifications/${i.id}`)).json?.version ?? 1 }),
        (i, p) => post(pick([unit, unit, p]), 'adjustments', { rectification: i.id, kind: pick(['extension', 'long_term', 'basic', 'basic']), cause: 'other', reason: '待上级批复', due_on: `2022-0${4 + roll(5)}-15`, stage_target: '完成一半' }),
        async (i, p) => move(pick([office, people.second, people.discipline, people.leader, p]), 'adjustments', (await office.items(`adjustments?rectification=${i.id}&state=asked&limit=1`))[0]?.id ?? i.id, pick(['grant', 'grant', 'grant', 'refuse', 'withdraw']), { reason: '研究决定' }),
        (i, p) => post(pick([unit, p]), 'objections', { rectification: i.id, wish: 'amend', grounds: '次数有误。', asked_by: '示例单位', asked_on: told }),
        async (i, p) => move(pick([office, unit, p]), 'objections', (await office.items(`objections?rectification=${i.id}&state=filed&limit=1`))[0]?.id ?? i.id, pick(['keep', 'withdraw']), { opinion: '维持。', reason: '已沟通' }),
        async (i, p) => move(p, 'objections', (await office.items(`objections?rectification=${i.id}&state=filed&limit=1`))[0]?.id ?? i.id, 'amend', { opinion: '采纳。', text: `改后的表现${roll(1000)}` }),
        async (i, p) => move(p, 'findings', (await office.get(`rectifications/${i.id}`)).finding, pick(['ask_revoke', 'keep']), { reason: '复核' }),
    ];

    async function tasksOf(item) {
        const records = new Set([item.id, item.finding]);
        for (const entity of ['adjustments', 'objections']) for (const r of await office.items(`${entity}?rectification=${item.id}`)) records.add(r.id);
        const found = [];
        for (const [name, p] of Object.entries(people)) for (const task of (await p.get('tasks')).items) if (records.has(task.id)) found.push(`${name}: ${task.kind}`);
        return found;
    }

    // Every third step is one that somebody is offered.
    async function offered(i) {
        const p = who(), now = (await p.request('GET', `rectifications/${i.id}`)).json;
        const action = pick((now?.actions ?? []).filter((a) => a !== 'strike' || roll(3) === 0));
        return action ? move(p, 'rectifications', i.id, action, { opinion: '同意', reason: '材料不足' }) : pick(tries)(i, p);
    }

    let taken = 0, refused = 0, sentBack = 0;
    const seen = new Set();
    for (let n = 0; n < STEPS; n++) {
        const one = pick(items), before = await office.get(`rectifications/${one.id}`);
        const answer = n % 3 === 0 ? await offered(one) : await pick(tries)(one, who());
        assert.ok(answer.status < 500, `step ${n}: ${answer.status} ${answer.text}`);
        if (answer.status >= 300) {
            refused++;
            continue;
        }
        taken++;
        const now = await office.get(`rectifications/${one.id}`), filed = await office.count(`objections?rectification=${one.id}&state=filed`);
        seen.add(now.state);
        if (before.state === 'applied' && now.state === 'applied' && now.step < before.step) {
            sentBack++;
            assert.deepEqual([now.turn, now.applied_on, now.due_on], [before.turn + 1, before.applied_on, before.due_on], `step ${n}: sent back along the chain, and the clock stands`);
        }
        assert.ok(!now.missing || ['ongoing', 'basic', 'long_term', 'rebound', 'applied'].includes(now.state) || filed, `step ${n}: ${now.missing} missing of an item that is ${now.state}`);
        assert.equal(now.state === 'objected', filed === 1, `step ${n}: ${now.state} with ${filed} objections`);
        if (!['done', 'revoked'].includes(now.state)) assert.ok((await tasksOf(now)).length > 0, `step ${n}: nobody has item ${now.number}, which is ${now.state}, before him`);
        assert.ok(now.due_on >= before.due_on || before.state === 'done', `step ${n}: due ${before.due_on}, then ${now.due_on}`);
    }
    assert.ok(taken >= 60 && refused >= 60, `${taken} taken, ${refused} refused`);
    t.diagnostic(`${taken} taken, ${refused} refused; states ${[...seen].sort()}`);
    assert.ok(sentBack > 0, 'one at least went back along the chain');
    for (const state of ['ongoing', 'applied', 'objected', 'done', 'rebound', 'basic', 'long_term']) assert.ok(seen.has(state), `${state} is among ${[...seen]}`);
    assert.equal(city.run('verify').code, 0);
});
