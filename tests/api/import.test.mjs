// Files of rows into records: looked through, entered in the background, refused by row with rule and remedy, taken back.
import test from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { unpack } from './docx.mjs';
import { Client, City, PASSWORD, checkProblem, engines, forEachEngine, inChinese, made, openCity, xuncha } from './lib.mjs';

const FINDINGS = new URL('../../../shared/data/findings-dev.jsonl', import.meta.url).pathname;
const KINDS = ['units', 'people', 'meetings', 'trainings', 'regulations', 'publications', 'instructions'];
const csv = (rows) => Buffer.from('\ufeff' + rows.map((r) => r.map((x) => `"${String(x).replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n');

// From the page's side: open, attach, check, run; each waits for the background job.
async function settled(who, id) {
    for (let i = 0; i < 600; i++) {
        const now = await who.get(`imports/${id}`);
        if (!['checking', 'running', 'undoing'].includes(now.state)) return now;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the import does not end');
}
async function opened(who, subject, name, bytes, more = {}) {
    const organiser = (await who.items('organisers'))[0].id;
    const made = await who.post('imports', { organiser, subject, file_name: name, ...more });
    const evidence = await who.upload(bytes, { organiser });
    await who.post('attachments', { subject: 'imports', record: made.id, evidence, name, kind: 'copy' });
    return made.id;
}
async function checked(who, subject, name, bytes, more) {
    const id = await opened(who, subject, name, bytes, more);
    await who.move('imports', id, 'check');
    return settled(who, id);
}
// Entered at once, without a look first.
async function entered(who, subject, name, bytes, more) {
    return run(who, await opened(who, subject, name, bytes, more));
}
async function run(who, id, body = {}) {
    await who.move('imports', id, 'run', body);
    return settled(who, id);
}
async function undo(who, id) {
    await who.move('imports', id, 'undo', { reason: '导错了轮次' });
    return settled(who, id);
}
// Files as a zip, stored.
function crc32(bytes) {
    let crc = ~0;
    for (const byte of bytes) {
        crc ^= byte;
        for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
}
function zipOf(parts) {
    const [files, index] = [[], []];
    let at = 0;
    for (const [name, bytes] of parts) {
        const fixed = Buffer.alloc(26);
        fixed.writeUInt16LE(20, 0), fixed.writeUInt32LE(crc32(bytes), 10), fixed.writeUInt32LE(bytes.length, 14), fixed.writeUInt32LE(bytes.length, 18), fixed.writeUInt16LE(name.length, 22);
        files.push(Buffer.from('PK\x03\x04', 'latin1'), fixed, Buffer.from(name), bytes);
        const tail = Buffer.alloc(14);
        tail.writeUInt32LE(at, 10);
        index.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fixed, tail, Buffer.from(name));
        at += 30 + name.length + bytes.length;
    }
    const end = Buffer.alloc(18);
    end.writeUInt16LE(parts.length, 4), end.writeUInt16LE(parts.length, 6), end.writeUInt32LE(Buffer.concat(index).length, 8), end.writeUInt32LE(at, 12);
    return Buffer.concat([...files, ...index, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
const rowsOf = async (who, id, verdict) => (await who.get(`imports/${id}/rows?verdict=${verdict}`)).items;

forEachEngine('an import of units', async (t, city) => {
    const office = city.as('office');
    const head = ['单位代码*', '党组织名称', '类别', '层级', '上级党组织', '纳入全覆盖基数', '成立日期', '主要负责人', '备注'];
    const rows = [head, ['SZ501', '示例市第九中学党总支', '事业单位', '市级', '示例市第八中学党委', '是', '2012年9月1日', '示甲', 'x'],
        ['SZ500', '示例市第八中学党委', 'institution', '市级', '', '√', '20100901', '示乙', ''],
        ['SZ502', '示例市第十中学党委', '学校', '市级', '', '是', '2012-13-01', '示丙', ''],
        ['', '示例市第十一中学党委', '事业单位', '市级', '', '是', '', '', ''],
        ['SZ500', '示例市第八中学党委', '事业单位', '市级', '', '是', '', '', ''],
        ['SZ001', '示例市财政局党组', '政府部门', '市级', '', '是', '', '', ''],
        ['SZ002', '示例市教育委员会党委', '政府部门', '市级', '', '是', '', '', ''], ['合计', '7', '', '', '', '', '', '', '']];
    const before = await office.count('units');
    let id;

    await t.test('is looked through before anything is entered', async () => {
        const now = await checked(office, 'units', '单位.csv', csv([['示例市巡察对象名单'], ...rows]));
        id = now.id;
        assert.deepEqual([now.state, now.found, now.inserted, now.changed, now.same, now.rejected], ['ready', 7, 1, 0, 1, 5]);
        assert.equal(now.fault, '备注', 'a column that stands for no field is told');
        assert.equal(await office.count('units'), before);
        const refused = await rowsOf(office, id, 'rejected');
        const errors = Object.fromEntries(refused.map((r) => [r.row, r.errors]));
        assert.deepEqual(Object.keys(errors), ['3', '5', '6', '7', '9']);
        assert.deepEqual(errors[5].map((e) => [e.field, e.cell, e.value]), [['kind', 'C5', '学校'], ['established_on', 'G5', '2012-13-01']]);
        assert.match(errors[5][0].remedy, /事业单位/);
        assert.equal(errors[6][0].field, 'code');
        assert.match(errors[7][0].rule, /第4行重复/);
        assert.match(errors[9][0].remedy, /变更/, 'a name changes by a move with its date');
        for (const e of Object.values(errors).flat()) assert.ok(e.rule && e.remedy && e.label, JSON.stringify(e));
    });

    await t.test('rows that passed are entered, also one whose parent stands below it', async () => {
        const now = await run(office, id);
        // The parent of row 3 came with row 4, but row 3 had been refused at the check: it is in the failure file.
        assert.deepEqual([now.state, now.inserted, now.rejected, now.same], ['done', 1, 5, 1]);
        const unit = await office.one('units?code=SZ500');
        assert.deepEqual([unit.name, unit.kind, unit.provenance, unit.batch, unit.established_on], ['示例市第八中学党委', 'institution', 'imported', id, '2010-09-01']);
        const facts = await office.items(`unit_facts?unit=${unit.id}`);
        assert.deepEqual(facts.map((f) => f.fact).sort(), ['name', 'principal']);
    });

    await t.test('the failure file is mended and sent again', async () => {
        const file = await office.expect(200, 'GET', `imports/${id}/failures`);
        assert.equal(decodeURIComponent(file.headers['content-disposition']).split('.').length, 2, 'one ending, not two');
        const again = await checked(office, 'units', '未通过.xlsx', file.bytes);
        assert.deepEqual([again.state, again.found, again.inserted], ['ready', 5, 1], 'row 3 has its parent now');
        const done = await run(office, again.id);
        assert.equal(done.inserted, 1);
        const child = await office.one('units?code=SZ501');
        assert.equal(child.parent, (await office.one('units?code=SZ500')).id);
    });

    await t.test('the failure file has a column for what was not there to be written in', async () => {
        const now = await checked(office, 'units', '缺.csv', csv([head.slice(0, 8), ['SZ510', '示例市第十三中学党委', '事业单位', '市级', '', '否', '', '']]));
        assert.deepEqual((await rowsOf(office, now.id, 'rejected'))[0].errors.map((e) => e.field), ['coverage_reason']);
        const file = await office.expect(200, 'GET', `imports/${now.id}/failures`);
        const again = await checked(office, 'units', '未通过.xlsx', file.bytes);
        assert.equal(again.fault, null, 'each of its columns stands for a field');
        assert.match(Object.values(unpack(file.bytes)).join(''), /不纳入的理由/);
    });

    await t.test('what carries something later, or was changed, is kept when it is undone; the rest goes', async () => {
        const now = await undo(office, id);
        assert.equal(now.state, 'undone');
        assert.equal(now.kept > 0, true, 'SZ500 is the parent of SZ501');
        assert.equal(await office.count('units?code=SZ500'), 1);
        const kept = (await office.get(`imports/${id}/rows`)).kept;
        assert.ok(kept.some((k) => k.entity === 'units'));
    });

    await t.test('chosen rows only, and back again without a trace in the counts', async () => {
        const digest = async () => (await office.all('units')).map((u) => `${u.id} ${u.version}`).sort().join('\n');
        const [units, facts, all] = [await office.count('units'), await office.count('unit_facts'), await digest()];
        const now = await checked(office, 'units', 'a.csv', csv([head.slice(0, 6), ...[1, 2, 3, 4].map((n) => [`SZ60${n}`, `示例单位${n}党支部`, '其他', '市级', '', '是'])]));
        const done = await run(office, now.id, { places: '2,4-5' });
        assert.deepEqual([done.inserted, await office.count('units')], [3, units + 3]);
        assert.equal(await office.count('units?code=SZ602'), 0);
        const back = await undo(office, now.id);
        assert.deepEqual([back.state, back.kept], ['undone', 0]);
        assert.deepEqual([await office.count('units'), await office.count('unit_facts'), await digest()], [units, facts, all]);
        await office.moveRefused(409, 'imports', now.id, 'run');
    });

    await t.test('changes to records are made when they are allowed, and taken back', async () => {
        const file = csv([['单位代码', '系统（领域）'], ['SZ001', '财政金融']]);
        const asked = await checked(office, 'units', 'b.csv', file);
        assert.deepEqual([asked.changed, asked.rejected], [0, 1]);
        assert.match((await rowsOf(office, asked.id, 'rejected'))[0].errors[0].remedy, /更新已有记录/);
        const old = await office.one('units?code=SZ001');
        const now = await checked(office, 'units', 'b.csv', file, { update_existing: true });
        const done = await run(office, now.id);
        assert.deepEqual([done.changed, (await office.one('units?code=SZ001')).sector], [1, '财政金融']);
        await undo(office, now.id);
        assert.equal((await office.one('units?code=SZ001')).sector, old.sector);
    });
    assert.equal(city.run('verify').code, 0);
});

forEachEngine('letters out of an old register', async (t, city) => {
    const office = city.as('office');
    const head = ['文号', '函件种类', '发函单位类别', '发函单位', '收函单位', '事由', '印发日期', '签收日期', '签收人', '回复日期', '办结日期', '状态'];
    const letter = (no, ...days) => [`示巡督〔2015〕${no}号`, '督办函', '巡察办', '示例市委巡察办', '示例市财政局党组', '督促完成整改', ...days];
    const rows = [letter(1, '2015-03-02', '2015-03-04', '示甲', '2015年4月1日', '2015-04-10', ''), letter(2, '2015-03-02', '', '', '', '', '已回复'), letter(3, '2015-03-02', '2015-03-01', '', '', '', ''),
        letter(4, '2015-03-02', '', '', '', '', '拟稿'), letter(5, '', '2015-03-04', '', '', '', ''), letter(6, '2015-03-02', '2015-03-04', '', '2015-04-01', '', '已签收'), letter(7, '2099-03-02', '', '', '', '', '')];
    const before = await office.count('letters');
    let id;

    await t.test('come with their numbers and days, as far as they went', async () => {
        const now = await checked(office, 'letters', '督办台账.csv', csv([head, ...rows]));
        assert.deepEqual([now.inserted, now.rejected], [2, 5]);
        assert.deepEqual((await rowsOf(office, now.id, 'rejected')).map((r) => r.errors.map((e) => [e.field, e.value])), [[['received_on', '2015-03-01']], [['state', '拟稿']], [['issued_on', '']], [['state', '已签收']], [['issued_on', '2099-03-02']]]);
        id = now.id;
        await run(office, id);
        const one = await office.one('letters?number=示巡督〔2015〕1号');
        const whole = await office.get(`letters/${one.id}`);
        assert.deepEqual([whole.state, whole.replied_on, whole.received_by, whole.demand, whole.provenance, whole.unit_name], ['closed', '2015-04-01', '示甲', '未记载', 'entered_later', '示例市财政局党组']);
        assert.equal((await office.one('letters?number=示巡督〔2015〕2号')).state, 'replied');
        await office.refused(409, 'POST', 'letters/past', { body: { organiser: whole.organiser, kind: 'supervision', body: 'office', maker: '示例市委巡察办', number: whole.number, unit: whole.unit, subject: '又一次', issued_on: '2015-03-02' } });
    });

    await t.test('go on from there, and an export of them comes back', async () => {
        const waiting = await office.one('letters?number=示巡督〔2015〕2号');
        assert.equal((await office.move('letters', waiting.id, 'close', { opinion: '已核实' })).state, 'closed');
        const file = Buffer.from((await office.request('GET', 'letters/export?number.has=2015&format=csv')).bytes);
        const again = await checked(office, 'letters', '导出.csv', file);
        assert.deepEqual([again.found, again.same, again.rejected], [2, 2, 0]);
    });

    await t.test('are taken back, but for one that went on', async () => {
        const now = await undo(office, id);
        assert.equal(now.state, 'undone');
        assert.equal(await office.count('letters'), before + 1);
        const organiser = (await office.items('organisers'))[0].id;
        const unit = (await office.one('units?name=示例市财政局党组')).id;
        const body = { organiser, kind: 'other', body: 'office', maker: '试', number: '试1', unit, subject: '试', issued_on: '2015-03-02' };
        for (const field of ['organiser', 'unit']) {
            const no = await office.request('POST', 'letters/past', { body: { ...body, [field]: '0'.repeat(26) } });
            assert.ok([403, 404, 422].includes(no.status), `${field}: ${no.status}`);
        }
        await city.as('discipline').refused(403, 'POST', 'letters/past', { body });
        assert.equal(await office.count('letters'), before + 1);
    });
    assert.equal(city.run('verify').code, 0);
});

forEachEngine('files that cannot be read, people who may not', async (t, city) => {
    const office = city.as('office');
    await t.test('the file is refused with its reason', async () => {
        for (const [name, bytes, why] of [['a.xlsx', Buffer.from('no zip'), /xlsx|压缩|工作簿/], ['a.csv', Buffer.from('甲,乙\r\n1,2\r\n'), /标题行/],
            ['a.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), /另存为xlsx/], ['a.jsonl', Buffer.from('{"x":1}\n'), /字段/], ['a.jsonl', Buffer.from('{"code":"A"}\nnot json\n'), /第2行/]]) {
            const now = await checked(office, 'units', name, bytes);
            assert.equal(now.state, 'failed', name);
            assert.match(now.fault, why, name);
        }
    });
    await t.test('bad wishes', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        const no = await office.refused(422, 'POST', 'imports', { body: { organiser, subject: 'papers', file_name: 'a.xlsx' } });
        assert.equal(no.errors[0].field, 'subject');
        assert.ok(inChinese(no));
        assert.equal((await office.refused(422, 'POST', 'imports', { body: { organiser, subject: 'findings', file_name: 'a.xlsx' } })).errors[0].field, 'round');
        const made = await office.post('imports', { organiser, subject: 'units', file_name: 'a.csv' });
        assert.equal((await office.moveRefused(409, 'imports', made.id, 'check')).errors[0].field, 'attachments');
        await office.refused(404, 'GET', 'papers/template');
        const now = await checked(office, 'units', 'a.csv', csv([['单位代码'], ['Q1']]));
        assert.equal((await office.moveRefused(422, 'imports', now.id, 'run', { places: '3-1' })).errors[0].field, 'places');
    });
    await t.test('only the office imports', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        const made = await office.post('imports', { organiser, subject: 'units', file_name: 'a.csv' });
        for (const login of ['unit', 'head', 'member1', 'leader', 'discipline', 'sysadmin', 'auditor']) {
            const who = city.as(login);
            checkProblem(await who.expect(403, 'POST', 'imports', { body: { organiser, subject: 'units', file_name: 'a.csv' } }));
            assert.equal((await who.request('GET', `imports/${made.id}/rows`)).status, 403, login);
            assert.ok([403, 404].includes((await who.request('GET', `imports/${made.id}`)).status), login);
            assert.equal((await who.request('GET', 'units/template')).status, 403, login);
        }
    });
    await t.test('a template has drop-downs and says what is wanted', async () => {
        for (const kind of KINDS.concat('findings', 'projects', 'letters')) {
            const file = await office.expect(200, 'GET', `${kind}/template`);
            writeFileSync(join(city.folder, 't.xlsx'), file.bytes);
            const xml = spawnSync('unzip', ['-p', 't.xlsx', 'xl/worksheets/sheet1.xml'], { cwd: city.folder, encoding: 'utf8' }).stdout;
            assert.equal(/dataValidation /.test(xml), kind !== 'people', kind);
            const now = await checked(office, kind, '模板.xlsx', file.bytes, kind === 'findings' ? { round: (await office.items('rounds'))[2].id } : {});
            assert.deepEqual([now.state, now.found], ['ready', 0], `${kind}: the empty template is read`);
        }
    });
});

forEachEngine('past rounds', async (t, city) => {
    const office = city.as('office');
    const organiser = (await office.items('organisers'))[0].id;
    const round = await office.post('rounds', { organiser, term: '示例市第十二届', type: 'regular', number: 3, name: '示例市委2014年第三轮巡察', year: 2014, taxonomy: 'T2', starts_on: '2014-09-01', ends_on: '2014-12-31' });
    assert.equal(round.provenance, 'entered_later');
    const head = ['被巡察单位', '问题', '具体表现', '问题类别', '反馈文号', '反馈日期', '整改措施', '整改结果', '整改状态', '销号日期', '涉及金额（万元）'];
    const rows = [['市财政局党组', '', '往来款长期挂账未清理。共12笔。', '全面从严治党不力', '示巡反〔2014〕9号', '2014-12-20', '逐笔清理', '已清理', '已完成', '2015-03-02', '12.345678'],
        ['示例市财政局党组', '会议记录不规范', '', '', '', '', '', '', '', '', ''], ['示例市旧城改造指挥部', '', '账目移交不全。', '', '', '', '', '', '', '', '']];
    rows[0][0] = '示例市财政局党组';
    const figure = async () => (await office.get('figures')).find((f) => f.seed_ref.includes('F29'));
    const before = await figure();
    let id;

    await t.test('a finding with what exists; what is missing stays 未记载', async () => {
        const asked = await checked(office, 'findings', '2014年台账.csv', csv([head, ...rows]), { round: round.id });
        assert.deepEqual([asked.inserted, asked.rejected, asked.later], [2, 1, true]);
        assert.match((await rowsOf(office, asked.id, 'rejected'))[0].errors[0].remedy, /确认新建单位/);
        const both = await checked(office, 'findings', '2014年台账.csv', csv([head, rows[0].with(8, '长期整改')]), { round: round.id });
        const [error] = (await rowsOf(office, both.id, 'rejected'))[0].errors;
        assert.deepEqual([error.field, error.cell, error.value], ['state', 'I2', '长期整改'], 'quoted in the file\'s own words');
        const now = await checked(office, 'findings', '2014年台账.csv', csv([head, ...rows]), { round: round.id, create_units: true });
        assert.equal(now.inserted, 3);
        id = now.id;
        await run(office, id);
        const [finding] = await office.items(`findings?round=${round.id}&title.has=挂账`);
        const whole = await office.get(`findings/${finding.id}`);
        assert.deepEqual([whole.provenance, whole.category, whole.amount_fen, whole.fed_back_on, whole.state], ['entered_later', 'T2.3', 12345678, '2014-12-20', 'fed_back']);
        const [item] = await office.items(`rectifications?finding=${finding.id}`);
        assert.deepEqual([item.state, item.struck_off_on], ['done', '2015-03-02']);
        assert.equal((await office.get(`feedbacks/${whole.feedback}`)).number, '示巡反〔2014〕9号', 'old numbers are kept');
        const [bare] = await office.items(`findings?round=${round.id}&title=会议记录不规范`);
        assert.equal((await office.get(`findings/${bare.id}`)).category, '未记载');
        const unit = await office.one('units?name=示例市旧城改造指挥部');
        assert.deepEqual([unit.provenance, unit.in_coverage], ['entered_later', false]);
    });

    await t.test('every figure says how many of its records came afterwards', async () => {
        const now = await figure();
        assert.deepEqual([now.value - before.value, now.entered_later - before.entered_later], [3, 3]);
    });

    await t.test('one by one as well, and only into what is over', async () => {
        const made = await office.post('findings/past', { round: round.id, unit_name: '示例市财政局党组', title: '印章管理不严' });
        assert.equal(made.provenance, 'entered_later');
        const same = await office.refused(409, 'POST', 'findings/past', { body: { round: round.id, unit_name: '示例市财政局党组', title: '印章管理不严' } });
        assert.match(same.errors[0].rule, /同样的问题/);
        const live = (await office.items('inspections?state=on_site'))[0];
        const no = await office.refused(409, 'POST', 'findings/past', { body: { round: live.round, unit_name: '示例市财政局党组', title: 'x' } });
        assert.equal(no.errors[0].field, 'round');
        await city.as('discipline').refused(403, 'POST', 'findings/past', { body: { round: round.id, unit_name: 'x', title: 'y' } });
    });

    await t.test('lines of JSON hold fen, whatever the file is called', async () => {
        for (const name of ['行.jsonl', '行.ndjson']) {
            const line = { unit_name: '示例市财政局党组', title: `${name}中的金额`, amount_fen: 12345 };
            const now = await checked(office, 'findings', name, Buffer.from(JSON.stringify(line) + '\n'), { round: round.id });
            await run(office, now.id);
            assert.equal((await office.get(`findings/${(await office.one(`findings?title=${line.title}`)).id}`)).amount_fen, 12345, name);
            await undo(office, now.id);
        }
    });

    await t.test('a workbook with a sheet a unit, named after it', async () => {
        const parts = [];
        const part = (name, text) => parts.push([name, Buffer.from(text)]);
        const cellsOf = (r) => r.map((x) => `<c t="inlineStr"><is><t>${x}</t></is></c>`).join('');
        const sheet = (rows) => `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.map((r) => `<row>${cellsOf(r)}</row>`).join('')}</sheetData></worksheet>`;
        const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
        part('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>');
        part('_rels/.rels', `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`);
        part('xl/workbook.xml', `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relation}"><sheets><sheet name="示例市教育局党委" sheetId="1" r:id="a"/><sheet name="示例市旧渡口管理站" sheetId="2" r:id="b"/></sheets></workbook>`);
        part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${relation}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`);
        part('xl/worksheets/sheet1.xml', sheet([['示例市教育局整改台账'], ['序号', '问题描述', '整改情况', '完成情况'], ['1', '校舍维修款拨付滞后', '已拨付', '已完成'], ['2', '食堂账目公开不及时', '', ''], ['合计', '2']]));
        part('xl/worksheets/sheet2.xml', sheet([['序号', '问题描述', '整改情况', '完成情况'], ['1', '票据保管不规范', '', '正在整改']]));
        const now = await checked(office, 'findings', '整轮台账.xlsx', zipOf(parts), { round: round.id, create_units: true });
        assert.deepEqual([now.state, now.found, now.inserted, now.rejected], ['ready', 3, 3, 0], now.fault ?? '');
        await run(office, now.id);
        const units = (await office.items(`findings?batch=${now.id}&sort=title`)).map((f) => f.unit_name);
        assert.deepEqual(units.sort(), ['示例市教育局党委', '示例市教育局党委', '示例市旧渡口管理站'].sort());
        assert.equal((await undo(office, now.id)).kept, 0);
    });

    await t.test('taken back whole', async () => {
        const now = await undo(office, id);
        assert.equal(await office.count(`findings?batch=${id}`), now.kept > 0 ? await office.count(`findings?batch=${id}`) : 0);
        assert.equal((await office.items(`findings?round=${round.id}`)).length, 1, 'the one entered by hand stays');
        assert.equal(await office.count('units?name=示例市旧城改造指挥部'), 0);
    });
    assert.equal(city.run('verify').code, 0);
});

for (const engine of engines)
    test(`public findings in and out of a closed round on ${engine.name}`, { skip: engine.skip || (existsSync(FINDINGS) ? false : 'shared/data is not there'), timeout: 120000 }, async () => {
        const city = await openCity(engine.name, { started: false });
        const exported = (kind) => {
            const name = `${kind}-${Math.floor(Math.random() * 1e9)}.jsonl`;
            made(['export', ...city.args, '--as', kind, name], { cwd: city.folder });
            return readFileSync(join(city.folder, name), 'utf8');
        };
        const all = () => Object.fromEntries(['units', 'unit_facts', 'rounds', 'teams', 'inspections', 'feedbacks', 'findings', 'rectifications'].map((k) => [k, exported(k)]));
        try {
            const before = all();
            const dry = JSON.parse(xuncha(['import', ...city.args, '--as', 'findings', '--round', '示例市委第六轮巡察', '--create-units', '--dry-run', '--json', FINDINGS], { cwd: city.folder }).out);
            assert.equal(dry.state, 'ready');
            assert.deepEqual(all(), before, 'a dry run changes nothing');
            const done = xuncha(['import', ...city.args, '--as', 'findings', '--round', '示例市委第六轮巡察', '--create-units', '--json', FINDINGS], { cwd: city.folder });
            const report = JSON.parse(done.out);
            assert.equal(done.code, 1, 'some rows are refused');
            assert.ok(report.inserted >= 235 && report.inserted + report.rejected === 244, done.out.slice(0, 300));
            assert.equal(report.rows.length, report.rejected);
            for (const row of report.rows) for (const e of row.errors) assert.ok(row.row && e.field && e.rule && e.remedy, JSON.stringify(row));
            assert.equal(city.run('verify').code, 0);
            const lines = exported('findings').trim().split('\n').map((l) => JSON.parse(l)).filter((f) => f.batch === report.import);
            assert.equal(lines.length, report.inserted);
            assert.ok(lines.every((f) => f.provenance === 'entered_later'));
            made(['import', ...city.args, '--undo', report.import], { cwd: city.folder });
            assert.deepEqual(all(), before, 'counts and contents as before');
            assert.equal(city.run('verify').code, 0);
        } finally {
            await city.close();
        }
    });

// An export is the whole of what a person gives: into an empty ledger of the other engine and out again, it is the same file.
for (const [from, to] of [['sqlite', 'postgresql'], ['postgresql', 'sqlite']])
    test(`out of ${from}, into ${to}, and the same`, { skip: engines[1].skip, timeout: 120000 }, async () => {
        const source = await openCity(from, { started: false });
        const target = await openCity(to, { started: false });
        const other = to === 'sqlite' ? ['--ledger', 'empty.ledger'] : ['--ledger', target.args[1].replace('search_path%3Dcity', 'search_path%3Dempty'), '--key', 'empty.key'];
        const cli = (...args) => made(args, { cwd: target.folder });
        try {
            cli('migrate', ...other, '--evidence', 'empty.files');
            cli('rules', ...other);
            const added = cli('user', 'add', 'office', '--name', '巡察办', '--role', 'office', ...other).out;
            const empty = new City(to, target.folder, target.database, {}, {});
            empty.args = other;
            await empty.start();
            try {
                const office = new Client(empty);
                const password = added.match(/[\w-]{16,}/)[0];
                await office.login('office', password);
                await office.changePassword(password, PASSWORD);
                await office.post('organisers', { name: '示例市委巡察工作领导小组办公室' });
            } finally {
                await empty.stop();
            }
            for (const kind of KINDS)
                for (const format of kind === 'regulations' ? ['xlsx', 'csv'] : ['xlsx']) {
                    const [a, b] = [join(source.folder, `${kind}.${format}`), join(target.folder, `${kind}-back.${format}`)];
                    made(['export', ...source.args, '--as', kind, a], { cwd: source.folder });
                    const report = JSON.parse(cli('import', ...other, '--as', kind, '--json', a).out);
                    assert.equal(report.rejected, 0, JSON.stringify(report.rows.slice(0, 2)));
                    assert.equal(report.inserted + report.same, report.found);
                    cli('export', ...other, '--as', kind, b);
                    if (format === 'csv') assert.equal(sorted(readFileSync(b, 'utf8')), sorted(readFileSync(a, 'utf8')), kind);
                    else assert.deepEqual(cells(b).filter((r) => r !== 'B=巡察办'), cells(a), kind); // but for the person who imports
                }
            // A past round with its rectification: what the list of items exports is what the other ledger takes.
            const past = ['--where', 'round.year=2014'];
            writeFileSync(join(source.folder, '台账.csv'), csv([['被巡察单位', '问题', '具体表现', '问题类别', '问题主题', '程度', '涉及金额（元）', '反馈文号', '反馈日期', '整改措施', '责任领导', '责任部门', '整改时限', '整改结果', '整改状态', '销号日期', '建章立制数', '追缴清退金额（元）', '追责问责人数', '立行立改'],
                ['示例市财政局党组', '往来款长期挂账', '12笔往来款挂账超过三年。\n含“押金”3笔。', '党的建设缺失', '财务与资产管理', '较重', '123456.78', '示巡反〔2014〕9号', '2014-12-20', '逐笔清理', '张示', '财务科', '2015-02-20', '已清理', '已销号', '2015-03-02', '2', '1000.50', '1', '否'],
                ['示例市旧渡口管理站', '票据保管不规范', '票据未连号登记', '', '', '', '', '', '2014-12-21', '', '', '', '2015-02-21', '', '整改中', '', '', '', '', '是']]));
            await source.start();
            await openPast(source.as('office'));
            await source.stop();
            made(['import', ...source.args, '--as', 'findings', '--round', PAST, '--create-units', '台账.csv'], { cwd: source.folder });
            await empty.start();
            try {
                await openPast(await empty.loggedIn('office'));
            } finally {
                await empty.stop();
            }
            const [a, b] = [join(source.folder, 'items.xlsx'), join(target.folder, 'items.xlsx')];
            made(['export', ...source.args, '--as', 'rectifications', ...past, a], { cwd: source.folder });
            cli('import', ...other, '--as', 'findings', '--round', PAST, '--create-units', a);
            cli('export', ...other, '--as', 'rectifications', ...past, b);
            assert.deepEqual(cells(b), cells(a), 'findings with their rectification');
            assert.equal(cells(a).length, 2);
            assert.equal(cli('verify', ...other).out.includes('未发现异常'), true);
        } finally {
            await source.close();
            await target.close();
        }
    });
const PAST = '示例市委2014年第三轮巡察';
async function openPast(office) {
    const organiser = (await office.items('organisers'))[0].id;
    await office.post('rounds', { organiser, term: '第十二届', type: 'regular', number: 3, name: PAST, year: 2014, taxonomy: 'T2', starts_on: '2014-09-01', ends_on: '2014-12-31' });
}
// Rows without their serial number and what the program itself keeps; the order among rows of one day is not content.
const sorted = (text) => text.trim().split('\r\n').map((l) => l.replace(/^\d+,/, '')).sort().join('\n');
function cells(file) {
    const done = spawnSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    assert.equal(done.status, 0, done.stderr);
    const rows = [...done.stdout.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => [...row.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(.*?)<\/c>/gs)].map(([, column, value]) => [column, value.replace(/<[^>]*>/g, '')]));
    const head = Object.fromEntries(rows[0]);
    const kept = ['序号', '首次巡察进驻日期', '状态', '办结日期'];
    return rows.slice(1).map((r) => r.filter(([column]) => !kept.includes(head[column])).map((x) => x.join('=')).join('|')).sort();
}

forEachEngine('an import without a check judges each row as it comes', async (t, city) => {
    const office = city.as('office');
    const head = ['单位代码', '党组织名称', '类别', '层级', '上级党组织', '纳入全覆盖基数', '成立日期'];
    const rows = [head, ['SZ501', '示例市第九中学党总支', '事业单位', '市级', '示例市第八中学党委', '是', '2012-09-01'], ['SZ500', '示例市第八中学党委', '事业单位', '市级', '', '是', ''],
        ['SZ502', '示例市第十中学党委', '学校', '市级', '', '是', ''], ['SZ500', '示例市第八中学党委', '事业单位', '市级', '', '是', ''], ['SZ001', '示例市财政局党组', '政府部门', '市级', '', '是', '']];
    const all = async () => [await office.count('units'), await office.count('unit_facts'), (await office.all('units')).map((u) => `${u.id} ${u.version}`).sort().join()];
    const before = await all();

    await t.test('rows that want a later row are tried again, the others say why', async () => {
        const now = await entered(office, 'units', '单位.csv', csv(rows));
        assert.deepEqual([now.state, now.found, now.inserted, now.same, now.rejected], ['done', 5, 2, 1, 2]);
        const refused = await rowsOf(office, now.id, 'refused');
        assert.deepEqual(refused.map((r) => [r.row, r.errors[0].field]), [[4, 'kind'], [5, 'code']]);
        assert.match(refused[1].errors[0].rule, /第3行重复/);
        assert.equal((await office.one('units?code=SZ501')).parent, (await office.one('units?code=SZ500')).id);
        const back = await undo(office, now.id);
        assert.deepEqual([back.state, back.kept, ...(await all())], ['undone', 0, ...before]);
    });

    await t.test('a row that the ledger itself refuses takes none of its neighbours with it', async () => {
        const letter = (no, unit) => [`示巡督〔2014〕${no}号`, '督办函', '巡察办', '示例市委巡察办', unit, '督促完成整改', '2014-03-02'];
        const file = csv([['文号', '函件种类', '发函单位类别', '发函单位', '收函单位', '事由', '印发日期'], letter(1, '示例市财政局党组'), letter(1, 'SZ003'), letter(2, 'SZ003')]);
        const now = await entered(office, 'letters', '督办台账.csv', file);
        assert.deepEqual([now.inserted, now.rejected], [2, 1], JSON.stringify(await rowsOf(office, now.id, 'refused')));
        const [refused] = await rowsOf(office, now.id, 'refused');
        assert.deepEqual([refused.row, refused.errors[0].field, refused.errors[0].value], [3, 'number', '示巡督〔2014〕1号']);
    });

    await t.test('there is nothing to choose from, and nothing is entered of a file that cannot be read', async () => {
        const id = await opened(office, 'units', 'a.csv', csv(rows));
        const stated = async (body, field) => assert.ok((await office.moveRefused(422, 'imports', id, 'run', body)).errors.some((e) => e.field === field && e.remedy), field);
        await stated({ places: '2' }, 'places');
        await stated({ declined: '2', reason: '重复' }, 'declined');
        const organiser = (await office.items('organisers'))[0].id;
        const bare = await office.post('imports', { organiser, subject: 'units', file_name: 'a.csv' });
        assert.equal((await office.moveRefused(409, 'imports', bare.id, 'run', {})).errors[0].field, 'attachments');
        await city.as('leader').refused(403, 'POST', `imports/${id}/run`, { body: {}, version: 1 });
        const lines = ['{"code":"SZ700","name":"示例市第七中学党委","kind":"institution","level":"city","in_coverage":true}', '{"code":'];
        const broken = await entered(office, 'units', 'a.jsonl', Buffer.from(lines.join('\n')));
        assert.deepEqual([broken.state, broken.inserted], ['failed', 0]);
        assert.match(broken.fault, /第2行/);
        assert.equal(await office.count('units?code=SZ700'), 0);
    });
    assert.equal(city.run('verify').code, 0);
});

for (const direct of [false, true]) forEachEngine(`an import goes on after the server was killed, ${direct ? 'entered at once' : 'checked first'}`, async (t, city) => {
    const office = city.as('office');
    const rows = Array.from({ length: 3000 }, (_, i) => [`示训〔2020〕${i}号`, '分领域培训', '示例市委巡察办', '2020-06-01', `培训第${i}期`, '巡察办']);
    rows.push(rows[0]); // once again: found out after the restart too
    const file = csv([['编号', '培训类型', '举办单位', '培训日期', '培训主题', '举办单位类别'], ...rows]);
    const now = direct ? await office.get(`imports/${await opened(office, 'trainings', '培训.csv', file)}`) : await checked(office, 'trainings', '培训.csv', file);
    if (!direct) assert.deepEqual([now.state, now.inserted, now.rejected], ['ready', 3000, 1]);
    const before = await office.count('trainings');
    await office.move('imports', now.id, 'run');
    for (let i = 0; i < 400 && (await office.count('trainings')) < before + 400; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    city.server.kill('SIGKILL');
    await city.ended;
    city.server = null;
    await city.start();
    const done = await settled(office, now.id);
    assert.deepEqual([done.state, done.inserted, done.rejected], ['done', 3000, 1]);
    assert.equal(await office.count('trainings'), before + 3000, 'no row twice, none missing');
    assert.equal(city.run('verify').code, 0);
});
