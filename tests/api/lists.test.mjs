// Lists: every comparison, order, pages, counts, names, lights, days in the past; and both engines answer alike.
import test from 'node:test';
import assert from 'node:assert/strict';
import { engines, forEachEngine, openCity } from './lib.mjs';

const ENTITIES = ['organisers', 'people', 'units', 'unit_facts', 'rule_sets', 'rounds', 'teams', 'members', 'inspections', 'authorisations', 'papers', 'paper_revisions', 'signatures', 'feedbacks', 'findings', 'finding_papers',
    'rectifications', 'statements', 'evidence', 'attachments', 'meetings', 'trainings', 'regulations', 'publications', 'projects', 'project_units', 'focuses', 'adjustments', 'shares', 'letters', 'letter_items', 'instructions', 'instruction_tasks'];

// What the demo brings of each; the rest is empty in a new city.
const FILLED = ENTITIES.filter((e) => !['trainings', 'paper_revisions', 'regulations', 'publications', 'projects', 'project_units', 'focuses', 'adjustments', 'shares', 'letters', 'letter_items', 'instructions', 'instruction_tasks'].includes(e));

// The order that lists promise: texts by their bytes, what is absent first, ids break ties, all of it turned round by '-'.
function compare(a, b) {
    if (a === b) return 0;
    if (a === null || b === null) return a === null ? -1 : 1;
    if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return a < b ? -1 : 1;
}
const ordered = (rows, field, down) => [...rows].sort((a, b) => (compare(a[field], b[field]) || compare(a.id, b.id)) * (down ? -1 : 1));
const ids = (rows) => rows.map((r) => r.id);

// The fields of each entity by type, from the program's own description.
async function schemas(who) {
    return (await who.get('openapi.json')).components.schemas;
}

forEachEngine('lists', async (t, city) => {
    const office = city.as('office');
    const leader = city.as('leader');
    const items = await office.all('rectifications?fields=title,number,state,due_on,rules_made,recovered_fen,struck_off_on,applied_on,leader,unit_name,category,round,unit,provenance');
    const all = (query) => office.all(`rectifications?${query}&fields=number`);

    await t.test('every comparison, against the whole list', async () => {
        assert.equal(items.length, 104);
        const due = [...new Set(items.map((r) => r.due_on))].sort()[1];
        const struck = items.find((r) => r.struck_off_on).struck_off_on;
        const null_ = (field) => (r) => r[field] === null;
        for (const [query, fits] of [
            ['number=3', (r) => r.number === 3], ['number.eq=3', (r) => r.number === 3], ['number.ne=3', (r) => r.number !== 3], ['number.lt=3', (r) => r.number < 3], ['number.le=3', (r) => r.number <= 3], ['number.gt=3', (r) => r.number > 3], ['number.ge=3', (r) => r.number >= 3],
            ['number.in=1,3,5', (r) => [1, 3, 5].includes(r.number)], ['number.in=', () => false], ['number.in=99', () => false],
            ['state=done', (r) => r.state === 'done'], ['state.ne=done', (r) => r.state !== 'done'], ['state.in=ongoing,applied', (r) => ['ongoing', 'applied'].includes(r.state)],
            [`due_on=${due}`, (r) => r.due_on === due], [`due_on.lt=${due}`, (r) => r.due_on < due], [`due_on.ge=${due}`, (r) => r.due_on >= due],
            ['struck_off_on.absent=1', null_('struck_off_on')], ['struck_off_on.given=1', (r) => r.struck_off_on !== null], ['struck_off_on=', null_('struck_off_on')],
            [`struck_off_on.ne=${struck}`, (r) => r.struck_off_on !== struck], [`struck_off_on.lt=${struck}`, (r) => r.struck_off_on !== null && r.struck_off_on < struck], [`struck_off_on.ge=${struck}`, (r) => r.struck_off_on !== null && r.struck_off_on >= struck],
            ['rules_made=0', (r) => r.rules_made === 0], ['rules_made.ne=0', (r) => r.rules_made !== 0], ['rules_made.absent=1', null_('rules_made')], ['rules_made.le=0', (r) => r.rules_made === 0],
            ['title.has=不', (r) => r.title.includes('不')], ['title.has=%25', (r) => r.title.includes('%')], ['unit_name.has=市财政', (r) => r.unit_name.includes('市财政')], ['q=财政', (r) => r.title.includes('财政') || r.unit_name.includes('财政')], ['q= 财政 ', (r) => r.title.includes('财政') || r.unit_name.includes('财政')],
            ['round.number=7', null], ['round.type=regular', () => true], ['round.type.ne=regular', () => false], ['unit.code.in=SZ001,SZ002', null], ['unit.parent.absent=1', () => true],
            ['number.ge=2&number.le=4&state=done', (r) => r.number >= 2 && r.number <= 4 && r.state === 'done'], ['number=1&number=2', () => false],
            ['provenance=entered', () => true], ['provenance=imported', () => false],
        ]) {
            const rows = await all(query);
            assert.equal(await office.count(`rectifications?${query}`), rows.length, query);
            if (fits) assert.deepEqual(ids(rows).sort(), ids(items.filter(fits)).sort(), query);
        }
        const rounds = await office.all('rounds');
        const seventh = rounds.find((r) => r.number === 7).id;
        assert.deepEqual(ids(await all('round.number=7')).sort(), ids(items.filter((r) => r.round === seventh)).sort());
        const units = (await office.all('units')).filter((u) => ['SZ001', 'SZ002'].includes(u.code)).map((u) => u.id);
        assert.deepEqual(ids(await all('unit.code.in=SZ001,SZ002')).sort(), ids(items.filter((r) => units.includes(r.unit))).sort());
        assert.equal((await office.all('units?in_coverage=true')).length + (await office.all('units?in_coverage=false')).length, 20);
    });

    await t.test('every field, up and down, with absent values; pages visit each row once', async () => {
        const properties = await schemas(office);
        let sorted = 0;
        for (const entity of ['rectifications', 'papers', 'units', 'inspections', 'signatures']) {
            const listed = await office.get(`${entity}?limit=1`);
            const fields = Object.keys(listed.items[0]);
            for (const field of fields.filter((f) => !['id', 'text'].includes(f))) {
                for (const down of [false, true]) {
                    const query = `${entity}?sort=${down ? '-' : ''}${field}&fields=${field}`;
                    const first = await office.request('GET', query);
                    if (first.status === 422) {
                        assert.equal(first.json.errors[0].field, 'sort', query); // texts of many lines
                        continue;
                    }
                    const rows = await office.all(query);
                    assert.equal(rows.length, await office.count(entity));
                    assert.deepEqual(ids(rows), ids(ordered(rows, field, down)), query);
                    const paged = await office.all(query, entity === 'signatures' ? 97 : 7);
                    assert.deepEqual(ids(paged), ids(rows), `${query}, page by page`);
                    sorted++;
                }
            }
            assert.ok(properties[entity].properties);
        }
        assert.ok(sorted > 100);
        const struck = await office.all('rectifications?sort=struck_off_on&fields=struck_off_on', 4);
        assert.ok(struck[0].struck_off_on === null && struck.at(-1).struck_off_on !== null);
        assert.equal((await office.all('rectifications?sort=-struck_off_on&fields=struck_off_on', 4)).at(-1).struck_off_on, null);
    });

    await t.test('pages under conditions, and of a single row', async () => {
        for (const query of ['state=done&sort=-due_on', 'round.number=6&sort=unit_name', 'q=党&sort=title', 'light=done&sort=struck_off_on', 'as_of=2020-12-31&sort=state', 'as_of=2020-12-31&sort=-state', 'as_of=2021-02-28&sort=state&state.ne=done']) {
            const whole = await office.all(`rectifications?${query}`);
            assert.ok(whole.length > 5, query);
            for (const limit of [1, 3, whole.length - 1, whole.length, whole.length + 1].filter((n) => n <= 200)) {
                const rows = await office.all(`rectifications?${query}`, limit);
                assert.deepEqual(ids(rows), ids(whole), `${query}, ${limit} a page`);
                if (query.includes('sort=state') || query.includes('sort=-state')) assert.deepEqual(ids(rows), ids(ordered(rows, 'state', query.includes('-state'))), query);
            }
        }
    });

    await t.test('a row that comes while somebody leafs is neither lost nor told twice', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        const meeting = (title) => office.post('meetings', { organiser, kind: 'other', body: 'office', maker: '巡察办', held_on: '2021-05-05', title });
        for (let i = 0; i < 9; i++) await meeting(`会议${i}`);
        const first = await office.get('meetings?kind=other&sort=title&limit=4');
        const made = [await meeting('会议00'), await meeting('会议99')]; // before and behind the page
        const rest = [];
        for (let after = first.next; after;) {
            const page = await office.get(`meetings?kind=other&sort=title&limit=4&after=${after}`);
            rest.push(...page.items);
            after = page.next;
        }
        const seen = ids([...first.items, ...rest]);
        assert.equal(new Set(seen).size, seen.length);
        const now = await office.all('meetings?kind=other');
        assert.deepEqual(ids(now).filter((id) => !seen.includes(id)), [made[0].id]);
    });

    await t.test('totals are what the pages hold', async () => {
        for (const entity of ENTITIES) {
            const page = await office.get(`${entity}?limit=5`);
            const rows = await office.all(entity);
            assert.deepEqual([page.total, page.total_is], [rows.length, 'exact'], entity);
            assert.equal(page.items.length, Math.min(5, rows.length));
            assert.equal(page.next === null, rows.length <= 5);
            assert.equal(await office.count(entity), rows.length);
            assert.equal(new Set(ids(rows)).size, rows.length);
            if (FILLED.includes(entity)) assert.ok(rows.length, `${entity} is empty`);
        }
        assert.equal((await office.get('units')).items.length, 20, 'fifty a page unless asked otherwise');
        assert.equal((await office.get('papers')).items.length, 50);
    });

    await t.test('what a list shows: the fields asked for, id and version always', async () => {
        assert.deepEqual(Object.keys((await office.items('units?fields=name&limit=1'))[0]).sort(), ['id', 'name', 'version']);
        assert.ok(!('focus' in (await office.items('rounds'))[0]) && 'focus' in (await office.one('rounds')), 'long texts only when one record is shown');
        for (const login of ['sysadmin', 'secadmin'])
            for (const account of await city.as(login).all('accounts')) assert.ok(!('password' in account));
        const shown = await city.as('sysadmin').one('accounts');
        assert.ok(!('password' in shown));
        assert.ok(!('key' in (await office.one('evidence'))) && !('chunks' in (await office.one('evidence'))));
    });

    await t.test('names=true tells the names of what is referred to', async () => {
        const rounds = Object.fromEntries((await office.all('rounds')).map((r) => [r.id, r.name]));
        const units = Object.fromEntries((await office.all('units')).map((u) => [u.id, u.name]));
        for (const item of await office.items('rectifications?names=true&limit=30')) {
            assert.equal(item.names.round, rounds[item.round]);
            assert.equal(item.names.unit, units[item.unit]);
            assert.ok(['green', 'yellow', 'red', 'done'].includes(item.light));
            assert.ok(Array.isArray(item.actions));
        }
        const shown = await office.get(`rectifications/${items[0].id}?names=true`);
        assert.equal(shown.names.round, rounds[shown.round]);
        assert.ok(!('names' in await office.get(`rectifications/${items[0].id}`)));
        const own = (await city.as('unit').items('rectifications?names=true&limit=1'))[0];
        assert.equal(own.names.round, undefined, 'a unit does not see rounds, nor their names');
        assert.ok(own.names.unit);
    });

    await t.test('actions are those of the role in this state', async () => {
        const open = (await office.items('rectifications?state=ongoing&unit.code=SZ001'))[0];
        assert.deepEqual((await city.as('unit').get(`rectifications/${open.id}`)).actions, ['apply']);
        assert.deepEqual((await office.get(`rectifications/${open.id}`)).actions, []);
        assert.deepEqual((await leader.get(`rectifications/${open.id}`)).actions, []);
        const on = (await city.as('head').items('inspections?state=on_site'))[0];
        assert.deepEqual((await city.as('head').get(`inspections/${on.id}`)).actions, ['leave']);
        assert.deepEqual((await city.as('member1').get(`inspections/${on.id}`)).actions, []);
    });

    await t.test('the lights part the items among them', async () => {
        const lights = {};
        for (const light of ['green', 'yellow', 'red', 'done']) {
            const rows = await office.all(`rectifications?light=${light}&names=true`);
            assert.ok(rows.every((r) => r.light === light), light);
            assert.equal(await office.count(`rectifications?light=${light}`), rows.length);
            lights[light] = ids(rows);
        }
        assert.deepEqual(Object.values(lights).flat().sort(), ids(items).sort());
        assert.equal(lights.done.length, 95);
        assert.ok(lights.red.length > 0);
        const red = (await office.items('rectifications?light=red&names=true'))[0];
        assert.equal(red.days_left, Math.round((Date.parse(red.due_on) - Date.parse('2021-10-31')) / 864e5));
        assert.ok(red.days_left < 0);
        assert.equal((await office.items('rectifications?light=done&names=true'))[0].days_left, null);
    });

    await t.test('lights go with the day', async () => {
        const item = (await office.items('rectifications?light=red&sort=-due_on'))[0];
        const day = (offset) => new Date(Date.parse(item.due_on) + offset * 864e5).toISOString().slice(0, 10);
        for (const [offset, light] of [[-11, 'green'], [-10, 'yellow'], [-1, 'yellow'], [0, 'yellow'], [1, 'red']]) {
            await city.restart(['--today', day(offset)]);
            const shown = await office.get(`rectifications/${item.id}`);
            assert.deepEqual([shown.light, shown.days_left], [light, -offset || 0], day(offset));
            assert.ok(ids(await office.all(`rectifications?light=${light}`)).includes(item.id), day(offset));
        }
        await city.restart();
    });

    await t.test('as of a day, the figure and its list are what they were', async () => {
        let last = { numerator: -1, denominator: -1 };
        for (const day of ['2020-09-02', '2020-09-03', '2020-12-31', '2021-01-13', '2021-01-14', '2021-03-31', '2021-10-31']) {
            const figure = await leader.figure('rectification_rate', `?as_of=${day}`);
            assert.equal(figure.as_of, day);
            assert.equal(figure.denominator, await leader.count(`rectifications?as_of=${day}`));
            assert.equal((await leader.all(figure.numerator_list)).length, figure.numerator, day);
            assert.equal((await leader.all(figure.denominator_list)).length, figure.denominator, day);
            assert.equal(figure.numerator, items.filter((r) => r.struck_off_on && r.struck_off_on <= day).length, day);
            assert.equal(figure.value, figure.denominator ? Math.round(figure.numerator * 1e4 / figure.denominator) / 100 : null);
            assert.ok(figure.numerator >= last.numerator && figure.denominator >= last.denominator);
            for (const state of ['pending', 'ongoing', 'applied', 'done'])
                assert.ok((await leader.all(`rectifications?as_of=${day}&state=${state}`)).every((r) => r.state === state));
            const states = await Promise.all(['pending', 'ongoing', 'applied', 'done'].map((s) => leader.count(`rectifications?as_of=${day}&state=${s}`)));
            assert.equal(states.reduce((a, b) => a + b), figure.denominator, 'every item is in one state');
            last = figure;
        }
        assert.equal((await leader.figure('rectification_rate', '?as_of=2020-09-02')).value, null, 'nothing is no rate');
        assert.deepEqual([last.numerator, last.denominator], [95, 104]);
        const done = items.find((r) => r.struck_off_on);
        const before = new Date(Date.parse(done.struck_off_on) - 864e5).toISOString().slice(0, 10);
        const then = (await leader.all(`rectifications?as_of=${before}`)).find((r) => r.id === done.id);
        assert.equal(then.state, 'applied');
    });

    await t.test('a role with a smaller sight counts only what it sees', async () => {
        const unit = city.as('unit');
        const own = await unit.all('rectifications');
        const finance = (await unit.items('units'))[0].id;
        assert.deepEqual(ids(own).sort(), ids(items.filter((r) => r.unit === finance)).sort());
        assert.equal((await unit.get('rectifications')).total, own.length);
        assert.equal(await unit.count('rectifications'), own.length);
        assert.equal(await unit.count('rectifications?round.type=regular'), own.length);
        const figure = await unit.figure('rectification_rate');
        assert.equal(figure.denominator, own.length);
        const head = city.as('head');
        assert.equal(await head.count('papers'), (await head.all('papers')).length);
        assert.ok(await head.count('papers') < await office.count('papers'));
    });
});

const skip = engines.find((e) => e.skip)?.skip ?? false;
test('both engines give the same rows in the same order', { skip, timeout: 170000 }, async () => {
    const cities = await Promise.all(engines.map((engine) => openCity(engine.name)));
    try {
        const ask = async (login, path) => (await Promise.all(cities.map((city) => city.as(login).request('GET', path)))).map((answer) => ({ status: answer.status, json: answer.json }));
        const properties = await schemas(cities[0].as('office'));
        let asked = 0;
        const same = async (login, path) => {
            const [a, b] = await ask(login, path);
            assert.deepEqual(b, a, `${login}: ${path}`);
            asked++;
            return a;
        };
        for (const entity of ENTITIES) {
            const first = await same('office', `${entity}?limit=200`);
            assert.equal(first.status, 200);
            if (first.json.items.length) {
                await same('office', `${entity}/${first.json.items[0].id}?names=true`);
                await same('office', `${entity}/${first.json.items.at(-1).id}/history`);
            }
            const fields = Object.entries(properties[entity].properties);
            for (const [field, about] of fields) {
                await same('office', `${entity}?sort=${field}&limit=40&names=true`);
                await same('office', `${entity}?sort=-${field}&limit=40&fields=${field}`);
                const value = first.json.items.map((r) => r[field]).find((v) => v !== null && v !== undefined);
                const shown = value === undefined ? { integer: 1, boolean: true, string: about.format ? '2021-01-01' : '01ej3px0000037mbh6t5dv8dqw' }[about.type] : value;
                for (const op of ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'has', 'absent', 'given'])
                    await same('office', `${entity}?${field}.${op}=${encodeURIComponent(String(shown).slice(0, 20))}&fields=${field}&limit=20`);
            }
        }
        for (const query of ['rectifications?as_of=2021-02-28&sort=state', 'rectifications?light=red', 'units?q=市', 'units?q=cz', 'people?q=meng', 'findings?round.number=7&sort=-amount_fen', 'papers?collector.name.has=示'])
            await same('office', query);
        for (const login of ['leader', 'head', 'member1', 'unit', 'discipline', 'organisation', 'sysadmin', 'secadmin', 'auditor'])
            for (const entity of [...ENTITIES, 'settings', 'accounts', 'assignments', 'tasks', 'figures'])
                if (!(login === 'sysadmin' && entity === 'accounts') && entity !== 'settings') await same(login, entity);
        for (const day of ['2020-12-31', '2021-10-31']) await same('leader', `figures?as_of=${day}`);
        assert.ok(asked > 2000, String(asked));
    } finally {
        await Promise.all(cities.map((city) => city.close()));
    }
});
