// The search over everything: one set of records and queries whose hits are the same on both engines; whose eyes see
// what; how the index comes behind, through a kill, a restore and a command.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { forEachEngine, inChinese, inEnglish, liveTeam, psql, writePaper, xuncha } from './lib.mjs';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Asks again until the index has taken in everything.
async function search(who, q, more = {}) {
    const query = Object.entries({ q, ...more }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    for (let tries = 0; ; tries++) {
        const found = await who.get(`search?${query}`);
        if (found.behind === 0) return found;
        assert.ok(tries < 600, `the index stays ${found.behind} behind`);
        await wait(50);
    }
}
const ids = (found) => found.items.map((i) => i.id);
const flat = (parts) => parts.join('');
const marked = (parts) => parts.filter((_, i) => i % 2 === 1);

// Straight into the database, past the program.
function sql(city, text) {
    if (city.engine !== 'sqlite') return psql(`SET search_path TO city; ${text}`, city.args[1].replace(/\?.*$/, ''));
    const done = spawnSync('sqlite3', [join(city.folder, 'city.ledger'), text], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.trim();
}

// Texts of our own, of words that the demo city does not use.
async function records(city) {
    const office = city.as('office');
    const organiser = (await office.items('organisers'))[0].id;
    const unitOf = async (code) => (await office.items(`units?code=${code}`))[0];
    const finance = await unitOf('SZ001'), third = await unitOf('SZ003');
    const meeting = (title, content, held_on = '2021-05-05') => office.post('meetings', { organiser, kind: 'other', body: 'office', maker: '巡察办', held_on, title, content });
    const letter = async (unit, number, subject, demand, issue) => {
        const made = await office.post('letters', { organiser, kind: 'reminder', body: 'office', maker: '市委巡察办', number, unit: unit.id, subject, demand });
        if (issue) await office.move('letters', made.id, 'issue');
        return made;
    };
    const r = { organiser, finance, third };
    r.jade = await meeting('翡翠湖整治推进会', '听取翡翠湖围网拆除进展，三百二十一户渔民完成安置，补偿款300万元，完成率98.71%。', '2021-03-03');
    r.jade2 = await meeting('再议翡翠湖', '翠湖公园并入，翡翠、湖泊分管；渔民总数一千二百三十四人，二〇一九年以来上访3次。', '2021-04-04');
    r.basalt = await meeting('玄武岩采石场复绿', '第三批复绿面积十五亩，责任人螺某；ＢＡＳＡＬＴ ２０２１－７ 号文。', '2021-06-06');
    r.old = await meeting('蓑衣渡口迁建', '依照十三五规划，约五六百户受益，万一停工须先报告。', '1999-12-31');
    r.unit = await office.post('units', { code: 'SX777', name: '示例市螺蛳滩镇党委', kind: 'township', level: 'township', organiser, in_coverage: true });
    r.renamed = await office.post('units', { code: 'SX778', name: '示例市蓑衣渡管理局党组', kind: 'government', level: 'city', organiser, in_coverage: true });
    await office.move('units', r.renamed.id, 'change', { fact: 'name', value: '示例市港航事务局党组', valid_from: '2021-06-01', reason: '机构改革' });
    r.person = await office.post('people', { name: '鄢螺生', home: '示例市螺蛳滩镇', post: '镇长' });
    r.own = await letter(finance, '示巡提〔2021〕777号', '琥珀专户资金滞留提醒', '琥珀专户资金须于十日内清理，逾期说明理由。', true);
    r.draft = await letter(finance, '示巡提〔2021〕778号', '琥珀草拟函', '尚未印发。', false);
    r.foreign = await letter(third, '示巡提〔2021〕779号', '琥珀专户他单位', '他单位的琥珀专户。', true);
    r.instruction = await office.post('instructions', { organiser, kind: 'oral', issuer: '市委书记', issued_on: '2021-10-01', text: '翡翠湖问题要一抓到底。' });
    return r;
}

// What is typed, further conditions, who is found, newest first where it matters.
const QUERIES = [
    ['翡', {}, ['instruction', 'jade2', 'jade']],
    ['渔', {}, ['jade2', 'jade']],
    ['翡翠', {}, ['instruction', 'jade2', 'jade']],
    ['翡翠湖', {}, ['instruction', 'jade2', 'jade']],
    ['翠湖公园', {}, ['jade2']],
    ['翡翠湖泊', {}, []], // 翡翠、湖泊: its pairs are there, in a row they are not
    ['听取翡翠湖围网拆除进展', {}, ['jade']],
    ['“翡翠湖围网” 渔民', {}, ['jade']],
    ['翡翠湖 渔民', {}, ['jade2', 'jade']],
    ['翡翠湖　渔民　公园', {}, ['jade2']],
    ['翡翠、湖泊', {}, ['jade2']],
    // initials of units, people and titles
    ['lstz', { entity: 'units' }, ['unit']],
    ['slslst', {}, ['unit']],
    ['yls', { entity: 'people' }, ['person']],
    ['fch', { entity: 'meetings' }, ['jade2', 'jade']],
    ['FCHZZ', {}, ['jade']],
    ['fcw', { entity: 'meetings' }, []],
    // traditional, full width, capitals
    ['聽取翡翠湖圍網拆除進展', {}, ['jade']],
    ['漁民', {}, ['jade2', 'jade']],
    ['basalt', {}, ['basalt']],
    ['ｂａｓａｌｔ', {}, ['basalt']],
    ['2021-7号文', {}, ['basalt']],
    // numbers, written and as digits
    ['321户', {}, ['jade']],
    ['三百二十一户', {}, ['jade']],
    ['３２１', { entity: 'meetings' }, ['jade']],
    ['1234人', {}, ['jade2']],
    ['1,234人', {}, ['jade2']],
    ['一千二百三十四', {}, ['jade2']],
    ['2019年以来上访', {}, ['jade2']],
    ['二〇一九年以来上访', {}, ['jade2']],
    ['上访三次', {}, ['jade2']],
    ['三百万元 翡翠', {}, ['jade']],
    ['300万元 翡翠', {}, ['jade']],
    ['98.71%', { entity: 'meetings' }, ['jade']],
    ['第3批', {}, ['basalt']],
    ['15亩', {}, ['basalt']],
    ['十三五规划', { to: '2000-01-01' }, ['old']],
    ['五六百户', {}, ['old']],
    ['万一停工', {}, ['old']],
    ['21户', {}, []],
    // names, codes, numbers of papers
    ['螺蛳滩', {}, ['unit', 'person']],
    ['港航事务局', {}, ['renamed']],
    ['蓑衣渡管理局', {}, ['renamed']],
    ['syd', { entity: 'units' }, ['renamed']],
    ['SX777', {}, ['unit']],
    ['示巡提〔2021〕777号', {}, ['own']],
    ['镇长', { entity: 'people' }, ['person']],
    // conditions
    ['翡翠湖', { entity: 'meetings' }, ['jade2', 'jade']],
    ['翡翠湖', { from: '2021-04-04' }, ['instruction', 'jade2']],
    ['翡翠湖', { from: '2021-03-03', to: '2021-04-03' }, ['jade']],
    ['翡翠湖', { to: '2021-03-02' }, []],
    ['蓑衣渡', { entity: 'meetings', from: '1999-12-31', to: '1999-12-31' }, ['old']],
    ['琥珀专户', {}, ['foreign', 'own']],
    ['琥珀', { entity: 'letters' }, ['foreign', 'draft', 'own']],
];

forEachEngine('the same hits for the same words', async (t, city) => {
    const office = city.as('office');
    const r = await records(city);
    const names = Object.fromEntries(Object.entries(r).filter(([, v]) => v.id).map(([name, v]) => [v.id, name]));
    await search(office, '翡翠湖');

    await t.test('queries and their hits', async () => {
        const wrong = [];
        for (const [q, more, expected] of QUERIES) {
            const found = await search(office, q, more);
            const got = found.items.map((i) => names[i.id] ?? `${i.entity}: ${i.title}`);
            const sorted = (list) => (['instruction', 'jade', 'old'].some((n) => expected.includes(n)) ? list : [...list].sort());
            if (JSON.stringify(sorted(got)) !== JSON.stringify(sorted(expected))) wrong.push({ q, more, got, expected });
            assert.deepEqual([found.total, found.total_is, found.next], [got.length, 'exact', null], q);
        }
        assert.deepEqual(wrong, []);
    });

    await t.test('newest first, by the day of the record', async () => {
        const found = await search(office, '党', { limit: 50 });
        const days = found.items.map((i) => i.date);
        assert.equal(days.length, 50);
        assert.deepEqual(days, [...days].sort().reverse());
    });

    await t.test('what is marked stands in the text as it was written', async () => {
        const [jade] = (await search(office, '翡翠湖 321户', { entity: 'meetings' })).items;
        assert.equal(flat(jade.title_parts), '翡翠湖整治推进会');
        assert.deepEqual(marked(jade.title_parts), ['翡翠湖']);
        assert.equal(jade.field, '主要内容');
        assert.deepEqual(marked(jade.snippet), ['翡翠湖', '三百二十一户']);
        const [basalt] = (await search(office, 'basalt')).items;
        assert.deepEqual(marked(basalt.snippet), ['ＢＡＳＡＬＴ']);
        const [unit] = (await search(office, 'slslst')).items;
        assert.deepEqual(marked(unit.title_parts), ['示例市螺蛳滩']);
        const [renamed] = (await search(office, '蓑衣渡管理局')).items;
        assert.deepEqual([renamed.title, renamed.field, marked(renamed.snippet)], ['示例市港航事务局党组', '曾用名', ['蓑衣渡管理局']]);
        const long = await office.post('meetings', { organiser: r.organiser, kind: 'other', body: 'office', maker: '巡察办', held_on: '2021-05-06', title: '长文', content: '前'.repeat(900) + '鸬鹚捕鱼\n' + '后'.repeat(900) });
        const [found] = (await search(office, '鸬鹚')).items;
        assert.equal(found.id, long.id);
        assert.ok(flat(found.snippet).length < 130 && /^…前+鸬鹚捕鱼 后+…$/.test(flat(found.snippet)), flat(found.snippet));
        const english = city.as('office');
        english.lang = 'en';
        assert.deepEqual((await search(english, '蓑衣渡管理局')).items.map((i) => [i.label, i.field]), [['Unit', 'Former name']]);
    });

    await t.test('pages: each hit once, as many as the total says', async () => {
        for (let i = 0; i < 23; i++) await office.post('meetings', { organiser: r.organiser, kind: 'other', body: 'office', maker: '巡察办', held_on: `2021-02-${String(i % 7 + 1).padStart(2, '0')}`, title: `鹈鹕观测第${i}次` });
        const whole = await search(office, '鹈鹕', { limit: 50 });
        assert.deepEqual([whole.items.length, whole.total, whole.total_is, whole.next], [23, 23, 'exact', null]);
        for (const limit of [1, 5, 22, 23, 24]) {
            const seen = [];
            for (let after = ''; after !== null;) {
                const page = await search(office, '鹈鹕', { limit, after });
                assert.deepEqual([page.total, page.total_is], [23, 'exact']);
                seen.push(...ids(page));
                after = page.next;
            }
            assert.deepEqual(seen, ids(whole), `${limit} a page`);
        }
        const many = await search(office, '党', { limit: 1 });
        assert.deepEqual([many.total, many.total_is], [200, 'at_least']);
    });

    await t.test('a change is found by what it says now, and not by what it said', async () => {
        await office.patch('meetings', r.basalt.id, { title: '花岗岩采石场复绿' });
        assert.deepEqual(ids(await search(office, '玄武岩')), []);
        assert.deepEqual(ids(await search(office, '花岗岩')), [r.basalt.id]);
        await office.patch('meetings', r.basalt.id, { held_on: '2021-01-01' });
        assert.deepEqual((await search(office, '花岗岩')).items.map((i) => i.date), ['2021-01-01']);
    });

    await t.test('bad questions', async () => {
        for (const [query, field] of [['', 'q'], ['q=', 'q'], ['q=%EF%BC%8C%E3%80%82', 'q'], ['q=' + '%E5%85%9A'.repeat(101), 'q'], ['q=a+b+c+d+e+f+g+h+i'.replaceAll('+', '%20'), 'q'], ['q=x&entity=accounts', 'entity'],
            ['q=x&entity=nothing', 'entity'], ['q=x&from=2021', 'from'], ['q=x&to=yesterday', 'to'], ['q=x&limit=0', 'limit'], ['q=x&limit=51', 'limit'], ['q=x&after=zz', 'after'], ['q=x&after=-1', 'after'], ['q=x&state=done', 'state']]) {
            const problem = await office.refused(422, 'GET', `search?${query}`);
            assert.equal(problem.errors[0].field, field, query);
            assert.ok(inChinese(problem), query);
        }
        const english = city.as('office');
        english.lang = 'en';
        assert.ok(inEnglish(await english.refused(422, 'GET', 'search?q=')));
        assert.deepEqual(ids(await search(office, '"\' OR 1=1 --翡翠无此')), []);
        assert.deepEqual(ids(await search(office, '翡" OR "党')), []);
    });

    await t.test('the words of a question go into no log', async () => {
        await search(office, '黑琥珀秘语');
        assert.ok(!city.log().includes('黑琥珀') && !city.log().includes(encodeURIComponent('黑琥珀')));
        await city.restart();
        assert.ok(Number(sql(city, "SELECT COUNT(*) FROM access_log WHERE operation = 'search'")) > 0);
        assert.equal(sql(city, "SELECT COUNT(*) FROM access_log WHERE record IS NOT NULL AND operation = 'search'"), '0');
    });
});

forEachEngine('everybody finds what is his to see', async (t, city) => {
    const office = city.as('office');
    const r = await records(city);
    await search(office, '琥珀');

    await t.test('administrators find nothing, and no one without a role does', async () => {
        for (const login of ['sysadmin', 'secadmin', 'auditor']) await city.as(login).refused(403, 'GET', 'search?q=党');
        const nobody = await city.person('wu.zhi', '吴职');
        await nobody.refused(403, 'GET', 'search?q=党');
        Object.assign(nobody, { cookie: null });
        await nobody.refused(401, 'GET', 'search?q=党');
    });

    await t.test('a kind that a role does not see', async () => {
        await city.as('unit').refused(403, 'GET', 'search?q=党&entity=papers');
        await city.as('unit').refused(403, 'GET', 'search?q=党&entity=people');
        await city.as('leader').refused(403, 'GET', 'search?q=党&entity=papers');
        assert.deepEqual(ids(await search(city.as('unit'), '鄢螺生')), []);
        assert.deepEqual(ids(await search(city.as('leader'), '鄢螺生')), [r.person.id]);
    });

    await t.test('every role: hits are records that its lists hold, and all of those', async () => {
        for (const login of ['leader', 'office', 'head', 'deputy', 'member1', 'unit', 'discipline', 'organisation']) {
            const who = city.as(login);
            for (const [entity, field] of [['findings', 'title'], ['rectifications', 'title'], ['letters', 'subject'], ['units', 'name'], ['papers', 'title']]) {
                if ((await who.request('GET', `${entity}?limit=1`)).status === 403) continue;
                const listed = (await who.all(`${entity}?fields=${field}`)).filter((row) => row[field].includes('资金')).map((row) => row.id).sort();
                const found = [];
                for (let after = ''; after !== null;) {
                    const page = await search(who, '资金', { entity, limit: 50, after });
                    for (const item of page.items) {
                        await who.get(`${item.entity}/${item.id}`);
                        if (item.title.includes('资金')) found.push(item.id);
                    }
                    after = page.next;
                }
                assert.deepEqual(found.sort(), listed, `${login}: ${entity}`);
            }
        }
    });

    await t.test('a unit: its own letters, once they are issued; not counted, not skipped otherwise', async () => {
        const unit = city.as('unit');
        const found = await search(unit, '琥珀');
        assert.deepEqual([ids(found), found.total], [[r.own.id], 1]);
        await office.move('letters', r.draft.id, 'issue');
        const two = await search(unit, '琥珀', { limit: 1 });
        assert.deepEqual([two.items.length, two.total], [1, 2]);
        const rest = await search(unit, '琥珀', { limit: 1, after: two.next });
        assert.deepEqual([...ids(two), ...ids(rest)].sort(), [r.own.id, r.draft.id].sort());
        assert.equal(rest.next, null);
        assert.deepEqual(ids(await search(unit, '翡翠湖')), []); // meetings are not for units
    });

    await t.test('a record that leaves the scope is gone at once, whatever the index says', async () => {
        const unit = city.as('unit');
        assert.ok(ids(await search(unit, '琥珀')).includes(r.own.id));
        sql(city, `UPDATE letter SET unit = '${r.third.id}' WHERE id = '${r.own.id}'`);
        const found = await unit.get('search?q=琥珀');
        assert.deepEqual([found.items.map((i) => i.id), found.total], [[r.draft.id], 1]);
        sql(city, `UPDATE letter SET unit = '${r.finance.id}' WHERE id = '${r.own.id}'`);
        assert.equal((await unit.get('search?q=琥珀')).total, 2);
    });

    await t.test('a right that ends is gone with the next request, one that begins shows', async () => {
        const clerk = await city.person('qian.shi', '钱试', { role: 'unit', unit: r.third.id });
        assert.deepEqual(ids(await search(clerk, '琥珀')), [r.foreign.id]);
        const [right] = await city.as('secadmin').items(`assignments?account=${clerk.account.id}`);
        await city.as('secadmin').post('assignments', { account: clerk.account.id, role: 'unit', unit: r.finance.id, valid_from: '2021-01-01', valid_to: '2029-12-31', basis: '兼任' });
        assert.deepEqual(ids(await search(clerk, '琥珀')).sort(), [r.own.id, r.draft.id, r.foreign.id].sort());
        await city.as('secadmin').move('assignments', right.id, 'end', { valid_to: '2021-10-30' });
        assert.deepEqual(ids(await search(clerk, '琥珀')).sort(), [r.own.id, r.draft.id].sort());
    });

    await t.test('a team: its own papers', async () => {
        const live = await liveTeam(city);
        const paper = await writePaper(city, live, 0, { title: '珊瑚账户长期不对账', manifestation: '珊瑚账户十五个月未对账。' });
        for (const login of ['office', 'head', 'member2']) assert.deepEqual(ids(await search(city.as(login), '珊瑚账户15个月')), [paper.id], login);
        for (const login of ['unit', 'leader', 'discipline']) assert.deepEqual(ids(await search(city.as(login), '珊瑚')), [], login);
        await city.as('member1').move('papers', paper.id, 'drop', { reason: '查否' }).catch(() => null);
        assert.equal((await search(city.as('office'), '珊瑚账户')).total, 1); // withdrawn is not removed
    });
});

forEachEngine('the index comes behind, and is never lost', async (t, city) => {
    const office = city.as('office');
    const { organiser } = await records(city);
    const meeting = (title) => office.post('meetings', { organiser, kind: 'other', body: 'office', maker: '巡察办', held_on: '2021-05-05', title });
    const state = () => sql(city, 'SELECT seq FROM search_state');
    const hits = async () => JSON.stringify(await Promise.all(['翡翠湖', '资金', 'lstz', '321', '蓑衣渡管理局'].map(async (q) => (await search(office, q, { limit: 50 })).items.map((i) => i.id).sort())));

    await t.test('killed between the commit and the index', async () => {
        let caught = 0;
        for (let i = 0; i < 5; i++) {
            const { id } = await meeting(`砗磲第${i}批`);
            city.server.kill('SIGKILL');
            await city.ended;
            caught += sql(city, `SELECT COUNT(*) FROM search_row WHERE record = '${id}'`) === '0';
            city.server = null;
            await city.start();
            assert.deepEqual(ids(await search(office, `砗磲第${i}批`)), [id]);
        }
        assert.ok(caught > 0, 'every record was in the index before the kill');
        assert.equal((await search(office, '砗磲')).total, 5);
    });

    await t.test('rows that the command line brings, and takes away again', async () => {
        await city.stop();
        const before = state();
        writeFileSync(join(city.folder, 'm.jsonl'), ['一', '二', '三'].map((n) => JSON.stringify({ kind: 'other', body: 'office', maker: '巡察办', held_on: '2021-05-05', title: `砗磲清册之${n}`, number: `CQ-${n}` })).join('\n'));
        const done = city.run('import', '--as', 'meetings', '--json', 'm.jsonl');
        assert.equal(done.code, 0, done.err + done.out);
        assert.equal(state(), before, 'nobody has indexed yet');
        await city.start();
        assert.equal((await search(office, '砗磲清册')).total, 3);
        await city.stop();
        const [batch] = sql(city, "SELECT id FROM import_batch ORDER BY id DESC LIMIT 1").split('\n');
        assert.equal(city.run('import', '--undo', batch).code, 0);
        await city.start();
        assert.equal((await search(office, '砗磲清册')).total, 0);
        assert.equal(sql(city, "SELECT COUNT(*) FROM search_text WHERE body LIKE '%砗磲清册%'"), '0');
    });

    await t.test('made anew it holds the same', async () => {
        const before = await hits();
        const rows = sql(city, 'SELECT COUNT(*) FROM search_row');
        await city.stop();
        const done = city.run('reindex');
        assert.equal(done.code, 0, done.err);
        assert.match(done.out, new RegExp(`收录${rows}条`));
        assert.equal(city.run('reindex', '--behind').code, 0);
        assert.equal(city.run('verify').code, 0);
        await city.start();
        assert.equal(await hits(), before);
    });

    await t.test('a ledger restored from an archive finds the same, and an old one is walked through', async () => {
        const before = await hits();
        await city.stop();
        assert.equal(city.run('archive', 'write', 'a.xuncha').code, 0);
        const copy = join(city.folder, 'copy.ledger');
        const done = xuncha(['archive', 'read', '--ledger', copy, '--key', join(city.folder, city.engine === 'sqlite' ? 'city.ledger.key' : 'city.key'), '--evidence', join(city.folder, 'copy.evidence'), 'a.xuncha'], { cwd: city.folder });
        assert.equal(done.code, 0, done.err);
        const there = spawnSync('sqlite3', [copy, 'SELECT COUNT(*) FROM search_row; SELECT form FROM search_state'], { encoding: 'utf8' }).stdout;
        assert.equal(there, '0\n0\n', 'the index is not archived');
        const [was, engine] = [city.args, city.engine];
        Object.assign(city, { args: ['--ledger', copy, ...(existsSync(copy + '.key') ? [] : ['--key', join(city.folder, city.engine === 'sqlite' ? 'city.ledger.key' : 'city.key')])], engine: 'sqlite' });
        try {
            await city.start();
            const again = city.as('office');
            const fresh = await city.loggedIn('office').catch(() => again);
            const found = JSON.stringify(await Promise.all(['翡翠湖', '资金', 'lstz', '321', '蓑衣渡管理局'].map(async (q) => (await search(fresh, q, { limit: 50 })).items.map((i) => i.id).sort())));
            assert.equal(found, before);
            await city.stop();
        } finally {
            Object.assign(city, { args: was, engine });
        }
        await city.start();
    });
});
