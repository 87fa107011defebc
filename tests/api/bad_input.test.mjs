// What the API refuses, as tables: each refusal has its status, names the field, and says it in the reader's language.
import assert from 'node:assert/strict';
import http from 'node:http';
import { spawnSync } from 'node:child_process';
import { NOBODY, checkProblem, forEachEngine, inChinese, inEnglish, liveTeam, paperText, writePaper } from './lib.mjs';

const MiB = 1 << 20;

// The same request in both languages; the refusal in Chinese.
async function refused(who, status, method, path, options) {
    const chinese = await who.refused(status, method, path, options);
    assert.ok(inChinese(chinese), `not in Chinese: ${JSON.stringify(chinese)}`);
    const reader = Object.assign(Object.create(Object.getPrototypeOf(who)), who, { lang: 'en' });
    const english = await reader.refused(status, method, path, options);
    assert.ok(inEnglish(english), `not in English: ${JSON.stringify(english)}`);
    assert.deepEqual(english.errors?.map((e) => [e.field, e.value]), chinese.errors?.map((e) => [e.field, e.value]));
    return chinese;
}

function only(problem, field) {
    assert.deepEqual((problem.errors ?? []).map((e) => e.field), [field], JSON.stringify(problem));
    return problem.errors[0];
}

forEachEngine('what is wrong with a field', async (t, city) => {
    const office = city.as('office');
    const organiser = (await office.items('organisers'))[0].id;
    const good = {
        rounds: { organiser, term: '第十三届', type: 'special', name: '试', year: 2021, taxonomy: 'T6', starts_on: '2021-10-01' },
        units: { organiser, code: 'SZ800', name: '试', kind: 'government', level: 'city', in_coverage: true },
        meetings: { organiser, kind: 'work', body: 'office', maker: '巡察办', held_on: '2021-10-08', title: '例会' },
    };
    const counts = () => Promise.all(Object.keys(good).map((entity) => office.count(entity)));
    const before = await counts();

    await t.test('values', async () => {
        // entity, what is given, the field named, the value shown, rule, remedy
        for (const [entity, more, field, shown, rule, remedy] of [
            ['rounds', { term: 5 }, 'term', '5', /不能填写数字/, /文字/],
            ['rounds', { term: true }, 'term', '', /文字/, /类型/],
            ['rounds', { term: ['甲'] }, 'term', '', /文字/, /列表/],
            ['rounds', { term: { a: 1 } }, 'term', '', /文字/, /对象/],
            ['rounds', { term: '一\n二' }, 'term', '一\n二', /一行/, /换行/],
            ['rounds', { term: '甲'.repeat(41) }, 'term', '甲'.repeat(41), /最多40个字，现有41个字/, /缩短/],
            ['rounds', { name: 'x'.repeat(500) }, 'name', 'x'.repeat(80), /最多80个字，现有500个字/, /缩短/],
            ['rounds', { focus: '长'.repeat(4001) }, 'focus', '长'.repeat(80), /4000/, /缩短/],
            ['rounds', { number: '9' }, 'number', '9', /整数/, /类型/],
            ['rounds', { number: 1.5 }, 'number', '', /整数/, /小数/],
            ['rounds', { number: -1 }, 'number', '-1', /负数/, /核对/],
            ['rounds', { number: true }, 'number', '', /整数/, /是否值/],
            ['rounds', { year: null }, 'year', '', /“年度”必须填写/, /补充/],
            ['rounds', { term: '   ' }, 'term', '', /“届”必须填写/, /补充/],
            ['rounds', { type: 'weekly' }, 'type', 'weekly', /可选项/, /regular（常规巡察）/],
            ['rounds', { type: 'Regular' }, 'type', 'Regular', /可选项/, /regular/],
            ['rounds', { type: 3 }, 'type', '3', /不能填写数字/, /文字/],
            ['rounds', { type: 'regular' }, 'number', '', /轮次/, /第几轮/],
            ['rounds', { starts_on: '2021-02-30' }, 'starts_on', '2021-02-30', /有效的日期/, /2021-10-31/],
            ['rounds', { starts_on: '2021/10/01' }, 'starts_on', '2021/10/01', /有效的日期/, /2021-10-31/],
            ['rounds', { starts_on: '2021-10-1' }, 'starts_on', '2021-10-1', /有效的日期/, /2021-10-31/],
            ['rounds', { starts_on: '2021-10-01T00:00:00Z' }, 'starts_on', '2021-10-01T00:00:00Z', /有效的日期/, /2021-10-31/],
            ['rounds', { starts_on: 20211001 }, 'starts_on', '20211001', /不能填写数字/, /文字/],
            ['rounds', { ends_on: '2021-09-01' }, 'ends_on', '2021-09-01', /早于/, /核对/],
            ['rounds', { organiser: '甲' }, 'organiser', '甲', /标识/, /列表/],
            ['rounds', { organiser: NOBODY.toUpperCase() }, 'organiser', NOBODY.toUpperCase(), /标识/, /列表/],
            ['rounds', { organiser: NOBODY.slice(1) }, 'organiser', NOBODY.slice(1), /标识/, /列表/],
            ['rounds', { taxonomy: 'T99' }, 'taxonomy', 'T99', /问题分类/, /选择/],
            ['units', { in_coverage: 'yes' }, 'in_coverage', 'yes', /true 或 false/, /类型/],
            ['units', { in_coverage: 1 }, 'in_coverage', '', /true 或 false/, /类型/],
            ['units', { in_coverage: false }, 'coverage_reason', '', /理由/, /纳入/],
            ['units', { abolished_on: '2001-01-01', established_on: '2010-01-01' }, 'abolished_on', '2001-01-01', /早于/, /核对/],
            ['meetings', { kind: 'tea' }, 'kind', 'tea', /可选项/, /study_group/],
        ]) {
            const error = only(await refused(office, 422, 'POST', entity, { body: { ...good[entity], ...more } }), field);
            assert.equal(error.value, shown, field);
            assert.match(error.rule, rule);
            assert.match(error.remedy, remedy);
        }
    });

    await t.test('fields that are missing: all of them are named at once', async () => {
        for (const [who, entity, fields] of [
            [office, 'organisers', ['name']],
            [office, 'people', ['name']],
            [office, 'units', ['code', 'name', 'kind', 'level', 'organiser']],
            [office, 'rounds', ['organiser', 'term', 'type', 'name', 'year', 'taxonomy', 'starts_on']],
            [office, 'meetings', ['organiser', 'kind', 'maker', 'held_on', 'title', 'body']],
            [office, 'trainings', ['organiser', 'kind', 'maker', 'held_on', 'title', 'body']],
            [office, 'rule_sets', ['body']],
            [office, 'uploads', ['size']],
            [city.as('sysadmin'), 'accounts', ['login', 'name']],
            [city.as('secadmin'), 'assignments', ['account', 'role', 'valid_from', 'valid_to', 'basis']],
        ])
            for (const body of ['{}', '', ' \n{ } ']) {
                const problem = await refused(who, 422, 'POST', entity, { body });
                assert.deepEqual(problem.errors.map((e) => e.field), fields);
                assert.ok(problem.errors.every((e) => e.value === ''));
            }
    });

    await t.test('fields that do not exist, with the one that was meant', async () => {
        for (const [entity, name, meant] of [
            ['rounds', 'qqqqqqqq', null], ['rounds', 'nam', 'name'], ['rounds', 'starts', 'starts_on'], ['rounds', 'taxonomie', 'taxonomy'], ['rounds', 'Year', 'year'],
            ['units', 'principle', 'principal'], ['units', 'in_covrage', 'in_coverage'], ['meetings', 'helt_on', 'held_on'], ['meetings', 'qqqqqq', null],
        ]) {
            const error = only(await refused(office, 422, 'POST', entity, { body: { ...good[entity], [name]: 'x' } }), name);
            assert.match(error.rule, /没有这一项/);
            assert.equal(error.value, 'x');
            if (meant) assert.match(error.remedy, new RegExp(`是否应为“${meant}”？`));
            else assert.match(error.remedy, /请删去/);
        }
    });

    await t.test('fields that only the program sets', async () => {
        for (const [entity, name, value] of [
            ['rounds', 'id', NOBODY], ['rounds', 'version', 7], ['rounds', 'rule_set', NOBODY], ['rounds', 'provenance', 'imported'], ['rounds', 'recorded_at', '2020-01-01T00:00:00.000000Z'],
            ['rounds', 'effective_on', '2020-01-01'], ['units', 'name_key', 'x'], ['meetings', 'batch', 'x'], ['meetings', 'on_behalf_of', '甲'],
        ])
            assert.match(only(await refused(office, 422, 'POST', entity, { body: { ...good[entity], [name]: value } }), name).rule, /不能在这里填写/);
        const unit = (await office.items('units'))[0];
        for (const name of ['name', 'organiser', 'principal'])
            assert.match(only(await refused(office, 422, 'PATCH', `units/${unit.id}`, { body: { [name]: unit[name] ?? NOBODY }, ifMatch: unit.version }), name).rule, /不能在这里填写/);
        const admin = city.as('sysadmin');
        const secret = only(await refused(admin, 422, 'POST', 'accounts', { body: { login: 'shi', name: '试', password: 'Xuncha-2021-x' } }), 'password');
        assert.match(secret.rule, /没有这一项/);
        assert.equal(secret.value, '', 'what is secret is not told back');
        assert.match(only(await refused(admin, 422, 'POST', 'accounts', { body: { login: 'shi', name: '试', must_change: false } }), 'must_change').rule, /不能在这里填写/);
    });

    await t.test('every wrong field of a body is reported, not just the first', async () => {
        const problem = await refused(office, 422, 'POST', 'rounds', { body: { ...good.rounds, year: 'x', starts_on: 'y', typ: 'z' } });
        assert.deepEqual(problem.errors.map((e) => e.field).sort(), ['starts_on', 'typ', 'year']);
    });

    await t.test('bodies that are no JSON object', async () => {
        const text = (inside) => Buffer.concat([Buffer.from('{"name":"'), Buffer.from(inside), Buffer.from('"}')]);
        for (const body of [
            '[]', '"甲"', '5', 'null', '{', '}', '{"name":"甲"', '{"name":"甲"}x', '{"name":"甲"}{}', '{"name" "甲"}', '{name:"甲"}', "{'name':'甲'}", '{"name":"甲",}', '{"name":NaN}', '{"name":undefined}',
            '{"name":"甲"} // so', '{"name":"甲","name":"乙"}', '{"name":"a\tb"}', '{"name":"\\x41"}', '{"number":99999999999999999999}', '[' .repeat(50) + ']'.repeat(50), '{"a":'.repeat(40) + '1' + '}'.repeat(40),
            text([0xff, 0xfe]), text([0xc0, 0xaf]), text([0xed, 0xa0, 0x80]), text([0xf8, 0x88, 0x80, 0x80, 0x80]), text([0xe5, 0xb8]), text([0]), text('\\u0000'), text('\\ud800'), text('\\udc00\\ud800'),
            Buffer.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0]),
        ]) {
            const answer = await office.request('POST', 'people', { body });
            assert.ok([400, 422].includes(answer.status), `${answer.status} for ${String(body).slice(0, 60)}`);
            checkProblem(answer);
            assert.ok(inChinese(answer.json), answer.text);
        }
    });

    await t.test('what fits is kept to the letter', async () => {
        for (const name of ['甲'.repeat(40), '𠮷野家', 'é e\u0301', 'Ω≈ç√ "quoted" \\ /', '‮乙', '👪🏽'])
            assert.equal((await office.get(`people/${(await office.post('people', { name })).id}`)).name, name);
        const lines = '一\n二\r\n\t三\n';
        const made = await office.post('meetings', { ...good.meetings, content: lines });
        assert.equal((await office.get(`meetings/${made.id}`)).content, lines);
        assert.equal((await office.post('people', { name: '  甲 ' })).name, '甲', 'spaces around a line are no part of it');
    });

    await t.test('nothing of what was refused was written', async () => {
        const after = await counts();
        assert.deepEqual(after, [before[0], before[1], before[2] + 1]);
    });
});

forEachEngine('records and versions', async (t, city) => {
    const office = city.as('office');
    const head = city.as('head');
    const live = await liveTeam(city);
    const paper = await writePaper(city, live, 4);
    const other = (await office.items('inspections?state=on_site&team.ne=' + live.inspection.team))[0];
    const theirs = (await office.items('papers?inspection=' + other.id))[0];
    const past = (await office.items('inspections?round.number=6&team_name=市委第一巡察组'))[0];
    const old = (await office.items('papers?inspection=' + past.id))[0];

    await t.test('ids that are none, or of others\' records: the same 404', async () => {
        const details = new Set();
        for (const id of [NOBODY, theirs.id, old.id, 'x', NOBODY.toUpperCase(), '0', '-', 'NULL', "'", '%00', '%2e%2e', 'a'.repeat(2000)])
            for (const path of [`papers/${id}`, `papers/${id}/history`]) {
                const problem = await refused(head, 404, 'GET', path);
                details.add(problem.detail.replace(/（[^）]*）/, ''));
            }
        assert.equal(details.size, 1, 'what is outside the scope is told apart from what is not there by nothing');
        for (const id of [NOBODY, theirs.id, old.id]) {
            await refused(head, 404, 'PATCH', `papers/${id}`, { body: { title: '改' }, ifMatch: 1 });
            await refused(head, 404, 'POST', `papers/${id}/drop`, { body: { reason: '试' }, ifMatch: 1 });
            await refused(head, 404, 'POST', `papers/${paper.id}/merge`, { body: { reason: '试', target: id }, ifMatch: paper.version });
        }
        for (const inspection of [NOBODY, other.id, past.id]) {
            await refused(head, 404, 'POST', 'papers', { body: paperText({ ...live.inspection, id: inspection }, live.people) });
            await refused(head, 404, 'POST', 'uploads', { body: { size: 1, inspection } });
            await refused(head, 404, 'POST', 'findings', { body: { inspection, title: '试', text: '试', category: 'T6.1', papers: [paper.id] } });
        }
        for (const id of [NOBODY, theirs.id, old.id])
            await refused(head, 404, 'POST', 'findings', { body: { inspection: live.inspection.id, title: '试', text: '试', category: 'T6.1', papers: [id] } });
    });

    await t.test('a role that never may', async () => {
        for (const [login, method, path, body] of [
            ['member1', 'POST', 'rounds', {}], ['member1', 'POST', 'findings', {}], ['deputy', 'POST', `papers/${paper.id}/drop`, { reason: '试' }], ['head', 'POST', 'feedbacks', {}], ['head', 'PATCH', `rounds/${NOBODY}`, {}],
            ['unit', 'GET', 'papers'], ['unit', 'POST', 'papers', {}], ['leader', 'POST', 'units', {}], ['discipline', 'POST', `rectifications/${NOBODY}/strike`, {}], ['office', 'POST', `rectifications/${NOBODY}/start`, {}],
            ['sysadmin', 'GET', 'findings'], ['secadmin', 'GET', 'rectifications'], ['auditor', 'GET', 'units'], ['auditor', 'GET', 'figures'], ['office', 'GET', 'audit'], ['sysadmin', 'POST', 'assignments', {}], ['secadmin', 'POST', 'accounts', {}],
        ]) {
            const problem = await refused(city.as(login), 403, method, path, { body, ifMatch: 1 });
            assert.match(problem.detail, /您当前的角色（.+）/);
        }
    });

    await t.test('If-Match: absent, stale, or no version', async () => {
        const author = city.as('member1');
        const draft = await author.post('papers', paperText(live.inspection, live.people));
        for (const [method, path, body] of [['PATCH', `papers/${draft.id}`, { title: '改' }], ['POST', `papers/${draft.id}/sign`, {}]]) {
            await refused(author, 428, method, path, { body });
            for (const ifMatch of ['*', 'abc', '"abc"', '"0"', '"-1"', 'W/"1"', '"1", "2"', '1.0', '"99999999999999999999"'])
                only(await refused(author, 422, method, path, { body, ifMatch }), 'If-Match');
            await refused(author, 412, method, path, { body, ifMatch: 99 });
        }
        const answer = await author.expect(200, 'GET', `papers/${draft.id}`);
        assert.equal(answer.headers.etag, '"1"');
        const edited = await author.expect(200, 'PATCH', `papers/${draft.id}`, { body: { title: '改' }, ifMatch: answer.headers.etag });
        assert.equal(edited.headers.etag, '"2"');
        assert.match((await refused(author, 412, 'PATCH', `papers/${draft.id}`, { body: { title: '再改' }, ifMatch: 1 })).detail, /第1版，现已是第2版/);
        assert.equal((await author.get(`papers/${draft.id}`)).title, '改');
    });

    await t.test('an edit that changes nothing answers the record, as every edit does', async () => {
        const author = city.as('member1');
        const draft = await author.post('papers', paperText(live.inspection, live.people));
        for (const body of [{}, { title: draft.title }]) {
            const answer = await author.expect(200, 'PATCH', `papers/${draft.id}`, { body, ifMatch: 1 });
            assert.equal(answer.json?.id, draft.id);
            assert.equal(answer.headers.etag, '"1"');
        }
    });

    await t.test('moves that the state forbids say which it allows', async () => {
        for (const [who, entity, record, action, allowed] of [
            ['head', 'papers', paper, 'return', '修订'], ['member1', 'papers', paper, 'sign', '修订'], ['office', 'papers', paper, 'archive', '修订'],
            ['office', 'inspections', live.inspection, 'archive', '撤离'], ['office', 'inspections', live.inspection, 'notify', '撤离'], ['office', 'inspections', live.inspection, 'hear', '撤离'],
        ]) {
            const problem = await refused(city.as(who), 409, 'POST', `${entity}/${record.id}/${action}`, { body: { reason: '试' }, ifMatch: record.version });
            assert.match(problem.detail, new RegExp(`不能“.+”；现在可以：.*${allowed}`));
        }
        await refused(head, 409, 'PATCH', `papers/${paper.id}`, { body: { title: '改' }, ifMatch: paper.version });
    });

    await t.test('a move\'s own words', async () => {
        for (const [more, field] of [[{ effective_on: '2021-12-01' }, 'effective_on'], [{ effective_on: 'x' }, 'effective_on'], [{ means: 'wax' }, 'means'], [{ reason: 5 }, 'reason'], [{ opinion: '长'.repeat(1001) }, 'opinion'], [{ opinon: 'x' }, 'opinon'], [{ reason: ' ' }, 'reason']])
            only(await refused(head, 422, 'POST', `papers/${paper.id}/revise`, { body: { reason: '试', ...more }, ifMatch: paper.version }), field);
    });

    await t.test('addresses and methods that are none', async () => {
        for (const [method, path] of [['GET', 'nothing'], ['GET', ''], ['GET', `papers/${paper.id}/nothing`], ['GET', `papers/${paper.id}/history/x`], ['PUT', `papers/${paper.id}`], ['DELETE', `papers/${paper.id}`], ['PATCH', 'papers'], ['POST', `papers/${paper.id}`], ['POST', 'evidence'], ['DELETE', 'papers'], ['PATCH', `statements/${NOBODY}`], ['POST', 'document_files']])
            await refused(office, 404, method, path, method === 'GET' ? {} : { body: {}, ifMatch: 1 });
        await refused(office, 404, 'GET', '/api/v2/papers');
    });
});

forEachEngine('the same request twice', async (t, city) => {
    const office = city.as('office');

    await t.test('the same key and body answer the same, and write once', async () => {
        const before = await office.count('people');
        const first = await office.expect(201, 'POST', 'people', { body: { name: '甲' }, key: 'one' });
        assert.equal(first.headers['idempotent-replay'], undefined);
        for (let i = 0; i < 3; i++) {
            const again = await office.expect(200, 'POST', 'people', { body: { name: '甲' }, key: 'one' });
            assert.deepEqual(again.json, first.json);
            assert.equal(again.headers['idempotent-replay'], 'true');
            assert.equal(again.headers.etag, first.headers.etag);
        }
        assert.equal(await office.count('people'), before + 1);
    });

    await t.test('another body under the key', async () => {
        const error = only(await refused(office, 422, 'POST', 'people', { body: { name: '乙' }, key: 'one' }), 'Idempotency-Key');
        assert.equal(error.value, 'one');
        only(await refused(office, 422, 'POST', 'people', { body: { name: '甲' }, key: 'x'.repeat(101) }), 'Idempotency-Key');
    });

    await t.test('a key is its owner\'s and its route\'s', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        await office.expect(201, 'POST', 'units', { body: { organiser, code: 'SZ801', name: '甲', kind: 'government', level: 'city', in_coverage: true }, key: 'one' });
        const second = await city.person('er.shi', '二示', { role: 'office', everything: true });
        const theirs = await second.expect(201, 'POST', 'people', { body: { name: '乙' }, key: 'one' });
        assert.equal(theirs.json.name, '乙');
    });

    await t.test('a refused request leaves the key free', async () => {
        await refused(office, 422, 'POST', 'people', { body: { name: '' }, key: 'two' });
        await office.expect(201, 'POST', 'people', { body: { name: '丙' }, key: 'two' });
    });

    await t.test('edits and moves, though the version has moved on', async () => {
        const person = await office.post('people', { name: '丁' });
        const edit = { body: { post: '主任' }, ifMatch: 1, key: 'three' };
        assert.equal((await office.expect(200, 'PATCH', `people/${person.id}`, edit)).json.version, 2);
        assert.equal((await office.expect(200, 'PATCH', `people/${person.id}`, edit)).json.version, 2);
        const round = (await office.items('rounds?number=8'))[0];
        const inspection = await office.post('inspections', { round: round.id, team: (await office.items('teams?round=' + round.id))[0].id, unit: (await office.items('units?code=SZ001'))[0].id });
        const move = { body: {}, ifMatch: 1, key: 'four' };
        assert.equal((await office.expect(200, 'POST', `inspections/${inspection.id}/notify`, move)).json.notice_on, '2021-10-31');
        const again = await office.expect(200, 'POST', `inspections/${inspection.id}/notify`, move);
        assert.deepEqual([again.json.version, again.headers['idempotent-replay']], [2, 'true']);
    });

    await t.test('twenty at once make one record', async () => {
        const before = await office.count('people');
        const answers = await Promise.all(Array.from({ length: 20 }, () => office.request('POST', 'people', { body: { name: '戊' }, key: 'five' })));
        assert.deepEqual(answers.map((a) => a.status).sort(), [...Array(19).fill(200), 201]);
        assert.equal(new Set(answers.map((a) => a.json.id)).size, 1);
        assert.equal(await office.count('people'), before + 1);
    });

    await t.test('uploads and attachments', async () => {
        const head = city.as('head');
        const live = await liveTeam(city);
        const paper = await writePaper(city, live, 0);
        const begin = { body: { size: 3, inspection: live.inspection.id }, key: 'six' };
        const upload = (await head.expect(201, 'POST', 'uploads', begin)).json;
        const again = await head.expect(200, 'POST', 'uploads', begin);
        assert.equal(again.json?.id, upload.id);
        await head.expect(200, 'PUT', `uploads/${upload.id}?offset=0`, { body: 'abc' });
        const attach = { body: { subject: 'papers', record: paper.id, evidence: upload.id, name: '甲.txt' }, key: 'seven' };
        const attached = (await head.expect(201, 'POST', 'attachments', attach)).json;
        const twice = await head.expect(200, 'POST', 'attachments', attach);
        assert.equal(twice.json?.id, attached.id);
        assert.equal(await head.count(`attachments?record=${paper.id}&name=甲.txt`), 1);
    });

    await t.test('what one may no longer see is not answered again', async () => {
        const live = await liveTeam(city);
        const request = { body: paperText(live.inspection, live.people), key: 'eight' };
        const person = await city.person('shu.ji', '书记员', { role: 'member', inspection: live.inspection.id });
        const paper = (await person.expect(201, 'POST', 'papers', request)).json;
        const security = city.as('secadmin');
        const right = (await security.items(`assignments?account=${person.account.id}`))[0];
        await security.post('assignments', { account: person.account.id, role: 'member', inspection: live.inspections[1].id, valid_from: '2021-10-01', valid_to: '2021-12-31', basis: '改任' });
        await security.move('assignments', right.id, 'end', { valid_to: '2021-10-30' });
        await person.refused(404, 'GET', `papers/${paper.id}`);
        await person.refused(404, 'POST', 'papers', request);
    });
});

forEachEngine('sizes and uploads', async (t, city) => {
    const office = city.as('office');
    const head = city.as('head');
    const live = await liveTeam(city);
    const paper = await writePaper(city, live, 0);
    const inspection = live.inspection.id;

    await t.test('a body over its limit', async () => {
        const filler = (n) => Buffer.from(JSON.stringify({ name: 'x'.repeat(n) }));
        for (const [method, path, limit, ifMatch] of [['POST', 'session', 16], ['POST', 'uploads', 16], ['POST', `papers/${paper.id}/sign`, 16, 1], ['POST', 'people', 256], ['PATCH', `papers/${paper.id}`, 256, 1]]) {
            const who = path.startsWith('papers') ? head : office;
            assert.match((await refused(who, 413, method, path, { body: filler(limit * 1024), ifMatch })).detail, new RegExp(String(limit * 1024)));
            await refused(who, 413, method, path, { body: filler(2 * MiB), ifMatch });
            const fits = await who.request(method, path, { body: filler(limit * 1024 - 20), ifMatch });
            assert.equal(fits.status, 422, `${path}: just below the limit it is read: ${fits.text.slice(0, 200)}`);
        }
        // Without Content-Length, in pieces.
        const status = await new Promise((resolve, reject) => {
            const request = http.request(`${city.url}/api/v1/people`, { method: 'POST', headers: { cookie: office.cookie, 'x-csrf-token': office.csrf } }, (response) => {
                response.resume();
                response.on('end', () => resolve(response.statusCode));
            });
            request.on('error', reject);
            for (let i = 0; i < 40; i++) request.write('x'.repeat(10000));
            request.end();
        });
        assert.equal(status, 413);
    });

    await t.test('what an upload is said to be', async () => {
        for (const [body, status, field] of [
            [{ inspection }, 422, 'size'], [{ size: 0, inspection }, 413, 'size'], [{ size: (1 << 30) + 1, inspection }, 413, 'size'], [{ size: -1, inspection }, 422, 'size'], [{ size: '5', inspection }, 422, 'size'],
            [{ size: 5 }, 422, 'inspection'], [{ size: 5, inspection: 'x' }, 422, 'inspection'], [{ size: 5, inspecion: inspection }, 422, 'inspecion'],
        ]) {
            const problem = await refused(head, status, 'POST', 'uploads', { body });
            assert.equal(problem.errors[0].field, field);
        }
        await refused(head, 404, 'POST', 'uploads', { body: { size: 5, inspection: NOBODY } });
        await refused(head, 404, 'POST', 'uploads', { body: { size: 5, organiser: NOBODY } });
    });

    await t.test('bytes in the wrong place, or too many', async () => {
        const upload = await head.post('uploads', { size: 2 * MiB + 5, inspection });
        const put = (offset, bytes, status) => refused(head, status, 'PUT', `uploads/${upload.id}?offset=${offset}`, { body: bytes });
        for (const offset of [1, MiB - 1, MiB, 2 * MiB, 3 * MiB, -MiB])
            assert.equal(only(await put(offset, 'x', 409), 'offset').value, String(offset));
        for (const offset of ['x', '1e3', '0x0']) only(await put(offset, 'x', 422), 'offset');
        await put(0, Buffer.alloc(2 * MiB + 6), 413);
        assert.deepEqual(await head.get(`uploads/${upload.id}`), { id: upload.id, size: 2 * MiB + 5, have: 2 * MiB + 5, chunk: MiB }, 'what had come before is there');
        await put(2 * MiB, 'xxxxxx', 413);
        await refused(head, 404, 'PUT', `uploads/${NOBODY}?offset=0`, { body: 'x' });
        await refused(city.as('deputy'), 404, 'PUT', `uploads/${upload.id}?offset=0`, { body: 'x' });
        await refused(city.as('deputy'), 404, 'GET', `uploads/${upload.id}`);
        await refused(city.as('leader'), 403, 'PUT', `uploads/${upload.id}?offset=0`, { body: 'x' });
    });

    await t.test('attaching what is not there, not whole, or not one\'s own', async () => {
        const unfinished = await head.post('uploads', { size: MiB + 5, inspection });
        const to = { subject: 'papers', record: paper.id, name: '甲.txt' };
        const none = { ...to, evidence: unfinished.id };
        assert.match((await refused(head, 409, 'POST', 'attachments', { body: none })).detail, /没有传完/);
        await head.expect(200, 'PUT', `uploads/${unfinished.id}?offset=0`, { body: Buffer.alloc(MiB) });
        await refused(head, 409, 'POST', 'attachments', { body: none });
        const whole = await head.upload(Buffer.from('abc'), { inspection });
        await refused(city.as('deputy'), 404, 'POST', 'attachments', { body: { ...to, evidence: whole } });
        await refused(head, 404, 'POST', 'attachments', { body: { ...to, evidence: NOBODY } });
        only(await refused(head, 422, 'POST', 'attachments', { body: to }), 'evidence');
        only(await refused(head, 422, 'POST', 'attachments', { body: { ...to, evidence: 'x' } }), 'evidence');
        only(await refused(head, 422, 'POST', 'attachments', { body: { ...to, evidence: whole, name: '' } }), 'name');
        for (const subject of ['units', 'projects', 'nothing', '']) only(await refused(head, 422, 'POST', 'attachments', { body: { ...to, subject, evidence: whole } }), 'subject');
        await refused(head, 404, 'POST', 'attachments', { body: { ...to, record: NOBODY, evidence: whole } });
        await refused(head, 404, 'POST', 'attachments', { body: { ...to, record: 'x', evidence: whole } });
        await head.post('attachments', { ...to, evidence: whole });
        await refused(head, 404, 'POST', 'attachments', { body: { ...to, evidence: whole } }); // an upload is attached once
        await refused(head, 404, 'GET', `uploads/${whole}`);
    });
});

// A limit on the size of files is met like the end of a disk; it can be set and lifted while the server runs.
forEachEngine('a full disk', async (t, city) => {
    const office = city.as('office');
    const inspection = (await office.items('inspections?limit=1'))[0].id;
    const organiser = (await office.items('organisers?limit=1'))[0].id;
    const meeting = (title) => ({ organiser, kind: 'other', body: 'office', maker: '甲', held_on: '2021-03-01', title });
    const limit = (bytes) => assert.equal(spawnSync('prlimit', ['--pid', String(city.server.pid), `--fsize=${bytes}:unlimited`]).status, 0);
    const upload = await office.post('uploads', { size: 5, inspection });
    const before = await office.count('meetings');
    let more = 0;
    limit(1);
    try {
        if (city.engine === 'sqlite') {
            for (let i = 0; i < 3; i++) {
                const problem = await office.refused(507, 'POST', 'meetings', { body: meeting('满') });
                assert.match(problem.detail, /磁盘已满/);
            }
        } else {
            await office.post('meetings', meeting('库在别处')), more++;
        }
        assert.match((await office.refused(507, 'PUT', `uploads/${upload.id}?offset=0`, { body: '12345' })).detail, /磁盘已满/);
        assert.equal(await office.count('meetings'), before + more, 'reading goes on');
    } finally {
        limit('unlimited');
    }
    await office.post('meetings', meeting('后'));
    assert.equal(await office.count('meetings'), before + more + 1);
    assert.equal((await office.expect(200, 'PUT', `uploads/${upload.id}?offset=0`, { body: '12345' })).json.have, 5);
    await city.stop();
    const verified = city.run('verify');
    assert.equal(verified.code, 0, verified.out + verified.err);
});

forEachEngine('queries', async (t, city) => {
    const office = city.as('office');

    await t.test('conditions that are none, with what was meant', async () => {
        for (const [path, field, remedy] of [
            ['units?nam=x', 'nam', /是否应为“name”/], ['units?titel=x', 'titel', /./], ['units?name.lik=x', 'name', /eq、ne、lt/], ['units?name.has.x=1', 'name.has.x', /./], ['units?organiser.nam=x', 'organiser.nam', /./],
            ['units?organiser.name.has.x=1', 'organiser.name.has.x', /./], ['units?level=town', 'level', /city（市级）/], ['units?level.in=city,town', 'level', /./], ['units?in_coverage=yes', 'in_coverage', /true/],
            ['units?established_on.ge=2010', 'established_on', /2021-10-31/], ['units?version=x', 'version', /数字/], ['units?version=-1', 'version', /数字/], ['units?version.has=1', 'version', /eq/], ['units?parent=x', 'parent', /列表/],
            ['units?sort=nothing', 'sort', /./], ['units?sort=', 'sort', /./], ['units?sort=--code', 'sort', /./], ['rounds?sort=focus', 'sort', /./], ['accounts?sort=password', 'sort', /./], ['accounts?password.given=1', 'password.given', /./], ['accounts?fields=password', 'password', /./],
            ['units?limit=0', 'limit', /./], ['units?limit=201', 'limit', /导出/], ['units?limit=x', 'limit', /./], ['units?limit=-5', 'limit', /./], ['units?fields=code,nothing', 'nothing', /./],
            ['units?as_of=2021-10-31', 'as_of', /./], ['rectifications?as_of=yesterday', 'as_of', /2021-10-31/], ['units?light=red', 'light', /./], ['rectifications?light=blue', 'light', /green、yellow、red/],
            ['units?' + Array.from({ length: 25 }, (_, i) => `code.ne=${i}`).join('&'), 'code', /减少/], ['units?code.in=' + Array.from({ length: 65 }, (_, i) => i).join(','), 'code', /减少/],
        ])
            for (const route of path.startsWith('units?limit') || path.includes('fields') ? [path] : [path, path.replace('?', '/count?')]) {
                const who = path.startsWith('accounts') ? city.as('sysadmin') : office;
                assert.match(only(await refused(who, 422, 'GET', route), field).remedy, remedy, route);
            }
        only(await refused(office, 422, 'GET', 'figures?as_of=2021-13-01'), 'as_of');
        only(await refused(city.as('auditor'), 422, 'GET', 'audit?before=x'), 'before');
    });

    await t.test('cursors that are none, or of another list', async () => {
        const next = (await office.get('units?limit=3&sort=name')).next;
        for (const [path, after] of [
            ['units?limit=3&sort=name', 'x'], ['units?limit=3&sort=name', next.slice(2)], ['units?limit=3&sort=name', next.slice(0, -2)], ['units?limit=3&sort=name', next + '00'], ['units?limit=3&sort=name', 'ab'.repeat(60)],
            ['units?limit=3&sort=code', next], ['units?limit=3&sort=-name', next], ['units?limit=3&sort=name&level=city', next], ['people?limit=3&sort=name', next], ['units?limit=3', next],
        ])
            only(await refused(office, 422, 'GET', `${path}&after=${after}`), 'after');
        await office.get(`units?limit=7&sort=name&after=${next}`);
    });

    await t.test('bytes that are no text, and too many conditions', async () => {
        for (const path of ['units?q=%ff', 'units?name=%c0%af', 'units?%ff=1', 'units?name.has=%e5%b8', 'units?q=%ed%a0%80', '/api/v1/%ff']) {
            const answer = await office.request('GET', path);
            assert.ok([400, 422].includes(answer.status), `${path}: ${answer.status}`);
            checkProblem(answer);
        }
        await refused(office, 413, 'GET', 'units?' + Array.from({ length: 70 }, (_, i) => `names=${i}`).join('&'));
        assert.deepEqual(await office.items("units?name=' OR 1=1 --"), []);
        assert.deepEqual(await office.items('units?q=%25'), [], 'no wildcard');
    });
});
