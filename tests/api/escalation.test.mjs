// The daily run over the deadlines: it drafts by the rules' ladder, once; a person issues or drops; what is settled is left out.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { forEachEngine, made, program } from './lib.mjs';

const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const DAY = { serve: ['--today', '2021-10-31'] };

// The run of a day, by hand, while nobody serves the ledger.
const run = (city, today) => JSON.parse(made(['escalate', ...city.args, '--today', today, '--json'], { cwd: city.folder }).out);
async function dayOf(city, today) {
    await city.stop();
    const tally = run(city, today);
    await city.start(['--today', today]);
    return tally;
}
const drafts = async (office) => (await office.all('letters?state=draft')).filter((l) => l.step !== null && l.step !== undefined);

forEachEngine('a missed day rises rung by rung', DAY, async (t, city) => {
    const office = city.as('office');
    const late = (await office.all('rectifications?light=red&fields=id,due_on,inspection,unit_name,state,title')).sort((a, b) => a.id.localeCompare(b.id));
    assert.ok(late.length >= 2, 'the demo city has late items');

    await t.test('on its last working day the demo city has drafted the reminders: one letter an inspection, all its late items in it', async () => {
        const letters = await drafts(office);
        assert.equal(letters.length, new Set(late.map((i) => i.inspection)).size);
        const links = (await Promise.all(letters.map((l) => office.all(`letter_items?letter=${l.id}`)))).flat();
        assert.deepEqual(links.map((l) => l.rectification).sort(), late.map((i) => i.id));
        for (const l of letters) {
            assert.deepEqual([l.kind, l.step, l.state], ['reminder', 1, 'draft']);
            assert.match(l.number, /^拟〔2021〕\d+号$/);
        }
        assert.equal(new Set(letters.map((l) => l.number)).size, letters.length);
        assert.ok((await office.get('tasks')).items.some((x) => x.kind === 'letter.issue' && x.id === letters[0].id), 'it is a task to issue it');
        assert.equal((await city.as('unit').all('letters?state=draft')).length, 0, 'no unit sees a draft');
    });

    await t.test('run again that day, or the next, it drafts nothing more', async () => {
        assert.deepEqual((await dayOf(city, '2021-10-29')).letters, 0);
        assert.equal((await dayOf(city, '2022-03-01')).letters, 0, 'nobody has decided on the drafts');
        const waiting = await drafts(office);
        assert.ok(waiting.every((l) => l.step === 1), 'a draft that nobody decided on holds its items where they are');
        const links = (await Promise.all(waiting.map((l) => office.all(`letter_items?letter=${l.id}`)))).flat();
        assert.equal(new Set(links.map((l) => l.rectification)).size, links.length, 'no item is told twice');
    });

    await t.test('issued, it gets the next number of its series and its reply term; then the next rung waits its days', async () => {
        await dayOf(city, '2022-03-01');
        const item = (await office.get(`rectifications/${late[0].id}`));
        const link = (await office.all(`letter_items?rectification=${item.id}`)).find((l) => l.due_on);
        const draft = await office.get(`letters/${link.letter}`);
        const issued = await office.move('letters', draft.id, 'issue');
        assert.match(issued.number, /^示巡提〔2022〕1号$/);
        assert.deepEqual([issued.state, issued.issued_on, issued.due_on], ['issued', '2022-03-01', '2022-03-08']);
        assert.equal((await office.get(`letter_items/${link.id}`)).told_on, '2022-03-01');
        const rung = async () => Math.max(...(await Promise.all((await office.all(`letter_items?rectification=${item.id}`)).filter((l) => l.due_on && !l.left_out_on).map((l) => office.get(`letters/${l.letter}`)))).map((l) => l.step ?? -1));
        await dayOf(city, '2022-03-14');
        assert.equal(await rung(), 1, 'the supervision letter stands 14 days above the reminder');
        await dayOf(city, '2022-03-15');
        assert.equal(await rung(), 2);
        const second = (await drafts(office)).find((l) => l.step === 2);
        assert.deepEqual([second.kind, second.unit_name], ['supervision', draft.unit_name]);
        stated(await office.moveRefused(422, 'letters', second.id, 'drop', {}), 'reason');
        const dropped = await office.move('letters', second.id, 'drop', { reason: '单位已于昨日当面说明，暂缓。' });
        assert.deepEqual([dropped.state, dropped.closed_on], ['dropped', '2022-03-15']);
        assert.equal((await city.as('leader').figure('letters_by_rule')).value, 1, 'what was dropped was never sent');
        await office.moveRefused(409, 'letters', second.id, 'issue', {});
        assert.equal((await dayOf(city, '2022-03-16')).letters, 0, 'what was decided against is not drafted again');
        await dayOf(city, '2022-04-14');
        assert.equal(await rung(), 3, 'and the ladder goes on');
    });

    await t.test('a number may come with the issue; what is no draft takes none', async () => {
        const draft = (await drafts(office)).find((l) => l.step === 3);
        const issued = await office.move('letters', draft.id, 'issue', { number: '示巡告〔2022〕特1号' });
        assert.equal(issued.number, '示巡告〔2022〕特1号');
        const secretary = await city.person('shu.ji', '示书记', { role: 'unit', unit: issued.unit });
        stated(await secretary.moveRefused(422, 'letters', issued.id, 'receive', { received_by: '示书记', number: '示' }), 'number');
        const received = await secretary.move('letters', issued.id, 'receive', { received_by: '示书记' });
        assert.deepEqual((await secretary.move('letters', received.id, 'reply', { reply: '已完成，申请销号。' })).state, 'replied');
        assert.equal((await office.move('letters', received.id, 'close', { opinion: '同意办结。' })).state, 'closed');
    });
});

forEachEngine('what is settled meanwhile is left out, and a later day begins anew', DAY, async (t, city) => {
    const office = city.as('office');
    const [item] = await office.all('rectifications?light=red&fields=id,due_on,inspection,unit,title');
    const link = (await office.all(`letter_items?rectification=${item.id}`)).find((l) => l.due_on);
    const others = (await office.all(`letter_items?letter=${link.letter}`)).filter((l) => l.id !== link.id);

    await t.test('an item that got a later day leaves the draft at the issue, or at the next run', async () => {
        const asked = await office.post('adjustments', { rectification: item.id, kind: 'extension', cause: 'policy', reason: '等待上级批复。', due_on: '2021-12-20' });
        await office.move('adjustments', asked.id, 'grant', { opinion: '同意。' });
        if (others.length === 0) {
            assert.match((await office.moveRefused(409, 'letters', link.letter, 'issue', {})).detail, /不予印发/);
            const tally = await dayOf(city, '2021-11-01');
            assert.equal(tally.letters, 0);
            assert.equal((await office.get(`letters/${link.letter}`)).state, 'dropped');
        } else {
            await office.move('letters', link.letter, 'issue', {});
        }
        const after = await office.get(`letter_items/${link.id}`);
        assert.ok(after.left_out_on);
        assert.equal(after.told_on ?? null, null, 'the unit is not told of it');
    });

    await t.test('missed again, it begins at the first rung', async () => {
        await dayOf(city, '2021-12-20');
        const about = async () => (await office.all(`letter_items?rectification=${item.id}`)).filter((l) => l.due_on === '2021-12-20');
        assert.equal((await about()).length, 0);
        await city.restart(['--today', '2021-12-25']);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        assert.equal((await about()).length, 0, 'nothing is drafted on a Saturday');
        await city.restart(['--today', '2021-12-27']); // the server runs it by itself
        for (let i = 0; i < 100 && (await about()).length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 100));
        const [again] = await about();
        assert.equal((await office.get(`letters/${again.letter}`)).step, 1);
    });
});

forEachEngine('who may, and what the chain says', DAY, async (t, city) => {
    const office = city.as('office');
    const [draft] = await drafts(office);
    for (const login of ['head', 'member1', 'unit', 'leader', 'sysadmin', 'auditor']) assert.ok([403, 404].includes((await city.as(login).request('POST', `letters/${draft.id}/drop`, { body: { reason: '试' }, ifMatch: 1 })).status), login);
    await city.as('discipline').moveRefused(403, 'letters', draft.id, 'drop', { reason: '不是本单位的函件' });
    const entries = (await city.as('auditor').items('audit?limit=200')).filter((e) => e.operation === 'letter.escalate').map((e) => e.entity);
    assert.ok(entries.includes('letters') && entries.includes('letter_items'), JSON.stringify(entries.slice(0, 5)));
});

forEachEngine('killed at any moment and run again, it sends nothing twice and misses nothing', DAY, async (t, city) => {
    await city.stop();
    const today = '2023-01-03'; // everything that is open is late by then
    let kills = 0;
    for (let wait = 2; wait < 400; wait = Math.ceil(wait * 1.6)) {
        const child = spawn(program, ['escalate', ...city.args, '--today', today], { cwd: city.folder, stdio: 'ignore' });
        const ended = new Promise((resolve) => child.on('exit', resolve));
        setTimeout(() => child.kill('SIGKILL'), wait);
        await ended;
        kills += child.signalCode === 'SIGKILL';
    }
    assert.ok(kills >= 3, `killed ${kills} times`);
    run(city, today);
    assert.equal(run(city, today).records, 0, 'nothing is left to do');
    await city.start(['--today', today]);
    const office = city.as('office');
    const late = (await office.all('rectifications?light=red&fields=id,due_on')).map((i) => [i.id, i.due_on]);
    const links = (await office.all('letter_items?due_on.ge=2000-01-01&fields=rectification,due_on,left_out_on,letter')).filter((l) => !l.left_out_on);
    const told = new Map();
    for (const l of links) if (late.some(([id, due]) => id === l.rectification && due === l.due_on)) told.set(l.rectification, (told.get(l.rectification) ?? 0) + ((await office.get(`letters/${l.letter}`)).step === null ? 0 : 1));
    for (const [id] of late) assert.equal(told.get(id), 1, `${id} is in exactly one draft`);
    assert.ok(late.length > 3);
    await city.stop();
    made(['verify', ...city.args], { cwd: city.folder });
});

forEachEngine('a ladder and a review that are no good are refused, and the place is named', DAY, async (t, city) => {
    const office = city.as('office');
    const shipped = JSON.parse(readFileSync(new URL('../../rules/city-2017.json', import.meta.url), 'utf8'));
    const publish = (change) => {
        const rules = structuredClone(shipped);
        change(rules);
        return { body: { body: JSON.stringify({ ...rules, code: 'city-trial' }) } };
    };
    const faults = {
        'escalation[1].late_days': (r) => (r.escalation[1].late_days = 1),
        'escalation[0].kind': (r) => (r.escalation[0].kind = 'postcard'),
        'escalation[2].body': (r) => (r.escalation[2].body = 'nobody'),
        'escalation[3].reply': (r) => (r.escalation[3].reply.unit = 'weeks'),
        'escalation[0].series': (r) => (r.escalation[0].series = ''),
        'reviews.plan': (r) => (r.reviews.plan.collator = 'finance'),
        'reviews.plan[4].role': (r) => (r.reviews.plan.bodies[4].role = 'mayor'),
        'reviews.progress': (r) => (r.reviews.progress.bodies = []),
        'reviews.minutes': (r) => (r.reviews.minutes = r.reviews.plan),
    };
    for (const [place, change] of Object.entries(faults)) stated(await office.refused(422, 'POST', 'rule_sets', publish(change)), place);
    await office.expect(201, 'POST', 'rule_sets', publish((r) => (delete r.escalation, delete r.reviews, r)));
});
