// Exports: exactly what the list shows, in its order, all rows, in the reader's scope and language; an entry of the audit.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { forEachEngine } from './lib.mjs';

// Rows of RFC 4180, as texts.
function parseCsv(text) {
    assert.equal(text.charCodeAt(0), 0xfeff, 'Excel and WPS need the mark to read Chinese');
    const rows = [[]];
    let cell = '', quoted = false;
    for (let i = 1; i < text.length; i++) {
        const ch = text[i];
        if (quoted) {
            if (ch !== '"') cell += ch;
            else if (text[i + 1] === '"') cell += text[++i];
            else quoted = false;
        } else if (ch === '"') quoted = true;
        else if (ch === ',') rows.at(-1).push(cell), cell = '';
        else if (ch === '\r') rows.at(-1).push(cell), cell = '', rows.push([]), i++;
        else cell += ch;
    }
    rows.pop();
    return rows;
}

// One file out of a workbook, by the directory at its end.
function part(bytes, name) {
    let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
    while (bytes.readUInt32LE(at) === 0x02014b50) {
        const [packed, named, extra, comment, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
        if (bytes.subarray(at + 46, at + 46 + named).toString() === name) {
            const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
            return inflateRawSync(bytes.subarray(from, from + packed)).toString();
        }
        at += 46 + named + extra + comment;
    }
    assert.fail(`the workbook has no ${name}`);
}

forEachEngine('what is exported is what is on the screen', {}, async (t, city) => {
    const [office, unit, leader] = ['office', 'unit', 'leader'].map((l) => city.as(l));
    const csv = async (who, path) => parseCsv((await who.expect(200, 'GET', path)).text);

    await t.test('conditions, columns, order, all rows', async () => {
        const query = 'rectifications?state=done&sort=-title&fields=title,state,unit_name,due_on,round,immediate';
        const rows = await csv(office, query.replace('?', '/export?format=csv&'));
        assert.deepEqual(rows[0], ['序号', '时限', '反馈问题', '状态', '整改单位名称', '整改时限', '轮次', '立行立改']);
        const listed = await office.all(`${query}&names=true`);
        assert.equal(rows.length - 1, listed.length);
        listed.forEach((r, i) => assert.deepEqual(rows[i + 1], [String(i + 1), '已完成', r.title, '已销号', r.unit_name, r.due_on, r.names.round, r.immediate ? '是' : '否']));
    });
    await t.test('money in yuan, texts with commas, quotes and lines, nothing that a spreadsheet would compute', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        const title = '=HYPERLINK("x"),第二行';
        await office.post('meetings', { organiser, kind: 'other', body: 'office', maker: '+甲', held_on: '2021-03-01', title, place: '"一"楼,东' });
        const rows = await csv(office, 'meetings/export?format=csv&held_on=2021-03-01&fields=title,maker,place');
        assert.deepEqual(rows[1], ['1', `'${title}`, "'+甲", '"一"楼,东']);
        const money = await csv(office, 'findings/export?format=csv&amount_fen.given=true&fields=amount_fen&sort=amount_fen');
        const listed = await office.all('findings?amount_fen.given=true&sort=amount_fen');
        assert.match(money[0][1], /（元）$/);
        assert.deepEqual(money.slice(1).map((r) => r[1]), listed.map((f) => (f.amount_fen / 100).toFixed(2)));
    });
    await t.test('a workbook holds the same; dates are dates', async () => {
        const answer = await office.expect(200, 'GET', 'rounds/export?fields=name,starts_on,year&sort=starts_on');
        assert.equal(answer.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
        assert.match(decodeURIComponent(answer.headers['content-disposition']), /filename\*=UTF-8''轮次-\d{4}-\d\d-\d\d\.xlsx$/);
        const sheet = part(answer.bytes, 'xl/worksheets/sheet1.xml');
        const rounds = await office.all('rounds?sort=starts_on');
        for (const r of rounds) assert.ok(sheet.includes(`<t>${r.name}</t>`), r.name);
        const days = Math.round((Date.parse(rounds[0].starts_on) - Date.UTC(1899, 11, 30)) / 86400000);
        assert.ok(sheet.includes(`<v>${days}</v>`), 'the day as a number that every spreadsheet reads as a date');
        assert.equal(sheet.match(/<row /g).length, rounds.length + 1);
    });
    await t.test('in the language of the reader', async () => {
        const english = Object.assign(city.as('office'), { lang: 'en' });
        assert.deepEqual((await csv(english, 'rounds/export?format=csv&fields=name,type'))[0], ['No.', 'Name', 'Type']);
    });
    await t.test('the reader\'s scope, and his refusals', async () => {
        const own = await csv(unit, 'rectifications/export?format=csv&fields=title');
        assert.equal(own.length - 1, await unit.count('rectifications'));
        await unit.refused(403, 'GET', 'papers/export');
        await leader.refused(403, 'GET', 'papers/export');
        const wrong = await office.refused(422, 'GET', 'rounds/export?format=ods');
        assert.deepEqual(wrong.errors.map((e) => e.field), ['format']);
        await office.refused(422, 'GET', 'rounds/export?fields=nothing');
        await city.as('sysadmin').refused(422, 'GET', 'accounts/export?fields=password');
    });
    await t.test('lines of JSON are records as the API tells them', async () => {
        const lines = (await office.expect(200, 'GET', 'units/export?format=jsonl&sort=code')).text.trim().split('\n').map((l) => JSON.parse(l));
        const first = await office.get(`units/${lines[0].id}`);
        assert.equal(lines.length, await office.count('units'));
        for (const name of Object.keys(lines[0])) assert.deepEqual(lines[0][name], first[name], name);
    });
    await t.test('from the command line: by the extension, into a new file only', async () => {
        const listed = await office.all('units?kind=government&sort=-code');
        await city.stop(); // a ledger file is one process's
        const file = join(city.folder, 'units.csv');
        const done = city.run('export', '--as', 'units', '--where', 'kind=government&fields=code,name&sort=-code', file);
        assert.equal(done.code, 0, done.err);
        assert.deepEqual(parseCsv(readFileSync(file, 'utf8')).slice(1).map((r) => r[2]), listed.map((u) => u.name));
        assert.equal(statSync(file).mode & 0o777, 0o600);
        for (const wrong of [['--as', 'units', file], ['--as', 'unit', file + '2'], ['--as', 'units', file + '.ods'], ['--as', 'units', '--where', 'knd=1', file + '3.csv'], ['--as', 'units']]) {
            const refused = city.run('export', ...wrong);
            assert.ok(refused.code >= 2 && refused.err.length > 10, wrong.join(' '));
        }
        await city.start();
    });
    await t.test('an entry of the audit, and the chain holds', async () => {
        await office.expect(200, 'GET', 'units/export?format=csv');
        await office.move('units', (await office.items('units?limit=1'))[0].id, 'change', { fact: 'principal', value: '记示录', valid_from: '2021-10-30', reason: '任免' });
        const entries = (await city.as('auditor').items('audit?limit=100')).filter((e) => e.operation === 'record.export');
        assert.ok(entries.some((e) => e.entity === 'units' && e.login === 'office'), JSON.stringify(entries));
        assert.equal(city.run('verify').code, 0);
    });
});
