// A workbook goes out to a unit off the network, is filled in with LibreOffice, packed with its proofs, and comes back: a
// plan, a row that is declined, entering, taking back; and everything that may be wrong with what comes back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOBODY, forEachEngine, inChinese } from './lib.mjs';
import { filledInCalc } from './libreoffice.mjs';
import { pack } from './docx.mjs';

async function settled(who, id) {
    for (let i = 0; i < 600; i++) {
        const now = await who.get(`imports/${id}`);
        if (!['checking', 'running', 'undoing'].includes(now.state)) return now;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the import does not end');
}
async function returned(who, workbook, name, bytes) {
    const made = await who.post('imports', { organiser: workbook.organiser, subject: workbook.body ? 'shares' : 'rectifications', file_name: name, workbook: workbook.id });
    const evidence = await who.upload(bytes, { organiser: workbook.organiser });
    await who.post('attachments', { subject: 'imports', record: made.id, evidence, name, kind: 'copy' });
    await who.move('imports', made.id, 'check');
    return settled(who, made.id);
}
const rowsOf = async (who, id, verdict) => (await who.get(`imports/${id}/rows?verdict=${verdict}`)).items;
const fileNameOf = (answer) => decodeURIComponent(answer.headers['content-disposition'].match(/filename\*=UTF-8''(.*)/)[1]);
const file = async (who, workbook, format) => (await who.expect(200, 'GET', `workbooks/${workbook.id}/file?format=${format}`)).bytes;

// The inspection of the unit that has an account, with items enough that it works on, the first of them not begun.
async function busy(city) {
    const office = city.as('office');
    const own = (await city.as('unit').items('rectifications?state=ongoing&limit=1'))[0];
    for (const [n, state] of [[101, 'pending'], [102, 'ongoing'], [103, 'ongoing'], [104, 'basic']])
        await office.post('findings/past', { round: own.round, unit: own.unit, number: n, title: `补录的第${n}个问题`, state, due_on: '2022-03-31', fed_back_on: '2021-06-01' });
    const items = await office.items(`rectifications?inspection=${own.inspection}&state.in=pending,ongoing,basic,long_term,rebound&sort=number&limit=50`);
    const at = items.findIndex((i) => i.state === 'pending');
    return { inspection: own.inspection, items: [items[at], ...items.filter((_, i) => i !== at)] };
}
// Another one takes the place of what is out still.
async function issue(office, inspection, more = {}) {
    for (const w of await office.items(`workbooks?inspection=${inspection}&state=issued`)) await office.move('workbooks', w.id, 'void', { reason: '重新派发' });
    return office.post('workbooks', { inspection, due_on: '2021-11-30', demand: '请如实填写。', ...more });
}
// Packed as the unit would pack it, by another program.
function packedBy7z(parts, passphrase) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-7z-'));
    try {
        for (const [name, bytes] of Object.entries(parts)) {
            mkdirSync(join(folder, name, '..'), { recursive: true });
            writeFileSync(join(folder, name), bytes);
        }
        const done = spawnSync('7zz', ['a', '-tzip', ...(passphrase ? [`-p${passphrase}`, '-mem=AES256'] : []), 'out.zip', '.'], { cwd: folder, encoding: 'utf8' });
        assert.equal(done.status, 0, done.stdout + done.stderr);
        return readFileSync(join(folder, 'out.zip'));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

forEachEngine('a workbook filled in with LibreOffice', async (t, city) => {
    const office = city.as('office');
    const { inspection, items } = await busy(city);
    const workbook = await issue(office, inspection);
    const passphrase = (await office.get(`workbooks/${workbook.id}/passphrase`)).passphrase;
    const [first, second, third] = items;
    const texts = new Map();
    let form, parcel, id;

    await t.test('goes out with the open items of the inspection, locked but for what is to be filled in', async () => {
        assert.deepEqual([workbook.state, workbook.items, workbook.manifest, workbook.passphrase], ['issued', items.length, undefined, undefined]);
        assert.match(passphrase, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
        const told = JSON.stringify(await office.get(`workbooks/${workbook.id}/history`));
        assert.ok(told.includes('seal') && !told.includes(passphrase) && !told.includes('manifest'), 'nor does its history tell it');
        const zip = await file(office, workbook, 'locked');
        const folder = mkdtempSync(join(tmpdir(), 'xuncha-7z-'));
        try {
            writeFileSync(join(folder, 'in.zip'), zip);
            assert.notEqual(spawnSync('7zz', ['x', '-pwrong', 'in.zip'], { cwd: folder }).status, 0, 'another passphrase opens nothing');
            assert.equal(spawnSync('7zz', ['x', '-aoa', `-p${passphrase}`, 'in.zip'], { cwd: folder }).status, 0);
            form = readFileSync(join(folder, '整改工作簿.xlsx'));
            const told = readFileSync(join(folder, '填写说明.txt'), 'utf8');
            for (const word of ['请如实填写。', workbook.seal.slice(0, 16), '2021-11-30', '佐证材料']) assert.ok(told.includes(word), word);
            const sheet = spawnSync('unzip', ['-p', join(folder, '整改工作簿.xlsx'), 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' }).stdout;
            assert.match(sheet, /<sheetProtection/);
            assert.match(sheet, /<dataValidation type="list"/);
            assert.match(sheet, /<col [^>]*hidden="1"/);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    await t.test('is filled in, packed with its proofs, and comes back as a plan', async () => {
        form = filledInCalc(form, (row) => {
            const item = items.find((i) => i.id === row['标识']);
            assert.equal(row['反馈问题'], item.title);
            assert.equal(row['问题序号'], String(item.number));
            if (item.id === first.id) return { 责任领导: '示例一', 责任部门: '财务科', 整改措施: '逐笔清退，完善报销审批。\n每季度自查。', 本期进展: '已清退第一批。' };
            if (item.id === second.id) return { 责任领导: '示例二', 整改措施: '重新招标。', 整改结果: '已全部完成。', 建章立制数: 2, '追缴清退金额（元）': 1234.5, 申请销号: '是' };
            if (item.id === third.id) return { 责任人: '示例三', 本期进展: '进展写得太空。' };
            return {};
        });
        parcel = packedBy7z({ '整改工作簿.xlsx': form, [`佐证材料/${String(second.number).padStart(2, '0')} 说明/凭证/收据.jpg`]: 'a receipt', [`佐证材料/${second.number}/制度.txt`]: '制度全文', '填写说明.txt': 'x', '__MACOSX/._a': 'x' }, passphrase);
        const before = [await office.count('statements'), await office.count('attachments?subject=rectifications'), await office.count('evidence')];
        const now = await returned(office, workbook, '交回.zip', parcel);
        id = now.id;
        assert.deepEqual([now.state, now.fault, now.found, now.changed, now.same, now.rejected, now.missing], ['ready', null, items.length, 3, items.length - 3, 0, 0]);
        assert.deepEqual([(await office.get(`workbooks/${workbook.id}`)).state, await office.count('statements'), await office.count('attachments?subject=rectifications')], ['returned', before[0], before[1]], 'nothing is entered yet');
        const plans = await rowsOf(office, id, 'change');
        const plan = Object.fromEntries(plans.map((r) => [r.record, Object.fromEntries(r.plan.map((p) => [p.field, [p.was, p.will]]))]));
        assert.deepEqual(Object.keys(plan).sort(), [first.id, second.id, third.id].sort());
        const was = await office.get(`rectifications/${second.id}`);
        assert.deepEqual(plan[second.id].recovered_fen, [was.recovered_fen, 123450]);
        assert.deepEqual(plan[second.id].apply, [null, true]);
        assert.deepEqual(plan[second.id].attachments, [null, '收据.jpg、制度.txt']);
        assert.deepEqual(plan[first.id].leader, [(await office.get(`rectifications/${first.id}`)).leader, '示例一']);
        texts.set('row', plans.find((r) => r.record === third.id).row);
        for (const i of [first, second, third]) texts.set(i.id, await office.get(`rectifications/${i.id}`));
    });

    await t.test('is entered with one row declined, which wants a reason', async () => {
        const declined = String(texts.get('row'));
        const refused = await office.moveRefused(422, 'imports', id, 'run', { declined });
        assert.equal(refused.errors[0].field, 'reason');
        assert.equal((await office.moveRefused(422, 'imports', id, 'run', { declined: '9999', reason: '试' })).errors[0].field, 'declined');
        await office.move('imports', id, 'run', { declined, reason: '进展过于笼统，请写明做了什么。' });
        const done = await settled(office, id);
        assert.deepEqual([done.state, done.changed, done.rejected], ['done', 2, 1]);
        assert.equal((await office.get(`workbooks/${workbook.id}`)).state, 'entered');
        const one = await office.get(`rectifications/${first.id}`), two = await office.get(`rectifications/${second.id}`);
        assert.deepEqual([one.leader, one.department, one.measures, one.state], ['示例一', '财务科', '逐笔清退，完善报销审批。\n每季度自查。', 'ongoing'], 'begun, for it has a plan now');
        assert.deepEqual([two.state, two.result, two.rules_made, two.recovered_fen, two.awaiting], ['applied', '已全部完成。', 2, 123450, 'discipline']);
        assert.equal(two.on_behalf_of, two.unit_name);
        assert.deepEqual(await office.get(`rectifications/${third.id}`).then((r) => [r.handler, r.version]), [texts.get(third.id).handler, texts.get(third.id).version]);
        const told = await office.items(`statements?rectification=${first.id}&sort=-id&fields=text,person_name,role,kind`);
        assert.deepEqual([told[0].text, told[0].role, told[0].kind, told[0].person_name], ['已清退第一批。', 'unit', 'progress', one.unit_name.slice(0, 40)]);
        const proofs = (await office.items(`attachments?record=${second.id}`)).filter((a) => a.origin === '整改工作簿交回');
        assert.deepEqual(proofs.map((a) => [a.name, a.kind]).sort(), [['制度.txt', 'other'], ['收据.jpg', 'photo']]);
        const receipt = await office.expect(200, 'GET', `attachments/${proofs.find((a) => a.name === '收据.jpg').id}/file`);
        assert.equal(receipt.bytes.toString(), 'a receipt');
        const [row] = await rowsOf(office, id, 'declined');
        assert.match(row.errors[0].rule, /过于笼统/);
        const back = await office.expect(200, 'GET', `imports/${id}/failures`);
        assert.ok(back.bytes.length > 1000, 'the declined row can be sent back with its reason');
    });

    await t.test('the audit says who entered it, and on whose behalf', async () => {
        const trail = (await office.get(`rectifications/${second.id}/history`)).items;
        assert.ok(trail.some((h) => h.operation === 'workbook.enter_row'), JSON.stringify(trail[0]));
        const audit = await city.as('auditor').get('audit?limit=100');
        const names = audit.items.map((a) => a.operation);
        for (const name of ['workbook.issue', 'workbook.passphrase', 'workbook.file', 'workbook.enter_row']) assert.ok(names.includes(name), name);
        assert.deepEqual(city.run('verify').code, 0);
    });

    await t.test('mended, it comes back again: what was entered is not entered twice', async () => {
        const mended = filledInCalc(form, (row) => (row['标识'] === third.id ? { 本期进展: '已约谈责任人，补签合同三份。' } : {}));
        const again = await returned(office, workbook, '再次交回.zip', packedBy7z({ '整改工作簿.xlsx': mended, [`佐证材料/${second.number}/收据.jpg`]: 'a receipt' }));
        assert.deepEqual([again.state, again.changed, again.same, again.rejected], ['ready', 1, items.length - 1, 0]);
        await office.move('imports', again.id, 'run');
        assert.equal((await settled(office, again.id)).changed, 1);
        assert.equal((await office.get(`rectifications/${third.id}`)).handler, '示例三');
        assert.equal(await office.count(`statements?rectification=${first.id}&text=${encodeURIComponent('已清退第一批。')}`), 1);
        const undone = await office.move('imports', again.id, 'undo', { reason: '填报单位要求撤回' }).then(() => settled(office, again.id));
        assert.deepEqual([undone.state, undone.kept], ['undone', 0]);
        assert.equal((await office.get(`rectifications/${third.id}`)).handler, texts.get(third.id).handler);
    });

    await t.test('is taken back whole, its proofs with it', async () => {
        await office.move('imports', id, 'undo', { reason: '交错了单位' });
        const undone = await settled(office, id);
        assert.deepEqual([undone.state, undone.kept], ['undone', 0]);
        const fields = ['measures', 'leader', 'department', 'result', 'rules_made', 'recovered_fen', 'state', 'turn', 'applied_on', 'awaiting'];
        for (const i of [first, second]) {
            const now = await office.get(`rectifications/${i.id}`), was = texts.get(i.id);
            assert.deepEqual(fields.map((f) => now[f]), fields.map((f) => was[f]));
        }
        assert.equal((await office.items(`attachments?record=${second.id}`)).filter((a) => a.origin === '整改工作簿交回').length, 0);
        assert.equal((await office.get(`workbooks/${workbook.id}`)).state, 'returned');
        assert.deepEqual(city.run('verify').code, 0);
    });

    await t.test('taken back, the same file can be taken out and brought back again', async () => {
        await file(office, workbook, 'zip');
        const again = await returned(office, workbook, '交回.zip', parcel);
        assert.deepEqual([again.state, again.changed, again.rejected], ['ready', 3, 0]);
    });

    await t.test('what a reviewer has seen since is kept', async () => {
        const fresh = await issue(office, inspection);
        const filled = filledInCalc(await file(office, fresh, 'xlsx'), (row) => (row['标识'] === second.id ? { 责任领导: '示例二', 整改措施: '重新招标。', 整改结果: '已完成。', 申请销号: '是' } : {}));
        const now = await returned(office, fresh, '交回.zip', packedBy7z({ '工作簿（填好）.xlsx': filled, [`佐证材料/${second.number}/收据.jpg`]: 'a receipt' }));
        await office.move('imports', now.id, 'run');
        assert.equal((await settled(office, now.id)).changed, 1);
        await city.as('discipline').move('rectifications', second.id, 'review', { opinion: '同意' });
        await office.move('imports', now.id, 'undo', { reason: '试' });
        const undone = await settled(office, now.id);
        assert.equal(undone.kept, 2, 'the item and its proof');
        assert.equal((await office.get(`rectifications/${second.id}`)).state, 'applied');
        assert.equal((await office.items(`attachments?record=${second.id}`)).filter((a) => a.origin === '整改工作簿交回').length, 1);
    });
});

forEachEngine('what comes back of a workbook', async (t, city) => {
    const office = city.as('office');
    const { inspection, items } = await busy(city);
    const workbook = await issue(office, inspection);
    const [first, second] = items;
    const plain = await file(office, workbook, 'xlsx');
    const fault = async (name, bytes, of = workbook) => {
        const now = await returned(office, of, name, bytes);
        assert.equal(now.state, 'failed', name);
        assert.match(now.fault, /[\u4e00-\u9fff]/);
        return now.fault;
    };

    await t.test('is refused as a whole, saying why', async () => {
        assert.match(await fault('x.csv', Buffer.from('a')), /\.xlsx/);
        assert.match(await fault('x.zip', Buffer.from('no zip')), /zip/);
        assert.match(await fault('x.zip', pack({ '填写说明.txt': 'x' })), /没有填好的工作簿/);
        assert.match(await fault('x.zip', pack({ 'a.xlsx': plain, 'b.xlsx': plain })), /两个工作簿/);
        assert.match(await fault('x.zip', pack({ 'a.xlsx': plain, '发票.pdf': 'x' })), /发票\.pdf/);
        assert.match(await fault('x.zip', pack({ 'a.xlsx': plain, '佐证材料/发票.pdf': 'x' })), /第一列的序号/);
        assert.match(await fault('x.zip', pack({ 'a.xlsx': plain, '佐证材料/无号/发票.pdf': 'x' })), /无号/);
        assert.match(await fault('x.zip', pack({ 'a.xlsx': plain, '佐证材料/1/空.pdf': '' })), /空文件/);
        assert.match(await fault('x.zip', packedBy7z({ 'a.xlsx': plain }, 'another one')), /口令/);
        const { passphrase } = await office.get(`workbooks/${workbook.id}/passphrase`);
        const touched = packedBy7z({ 'a.xlsx': plain }, passphrase);
        touched[Math.floor(touched.length / 2)] ^= 1;
        assert.match(await fault('x.zip', touched), /损坏/, 'what was changed on its way');
        assert.match(await fault('x.zip', pack({ 'a.xlsx': plain, '佐证材料/9999/发票.pdf': 'x' })), /9999/);
        const elsewhere = (await office.items(`rectifications?state=ongoing&inspection.ne=${inspection}&limit=1`))[0];
        const other = await issue(office, elsewhere.inspection);
        assert.match(await fault('x.xlsx', await file(office, other, 'xlsx')), /校验号不符/);
        const twice = await office.refused(409, 'POST', 'workbooks', { body: { inspection: elsewhere.inspection } });
        assert.match(twice.detail, /派发未交回/);
        const template = await office.expect(200, 'GET', 'units/template');
        assert.match(await fault('x.xlsx', template.bytes), /没有校验页/);
    });

    await t.test('names packed by a Chinese Windows are read', async () => {
        const gbk = Buffer.concat([Buffer.from([0xd7, 0xf4, 0xd6, 0xa4, 0xb2, 0xc4, 0xc1, 0xcf]), Buffer.from(`/${first.number}/`), Buffer.from([0xb7, 0xa2, 0xc6, 0xb1]), Buffer.from('.pdf')]); // 佐证材料/n/发票.pdf
        const bytes = pack([['a.xlsx', plain], [gbk, 'x']]);
        const now = await returned(office, workbook, '交回.zip', bytes);
        assert.deepEqual([now.state, now.fault, now.changed], ['ready', null, 1]);
        const [row] = await rowsOf(office, now.id, 'change');
        assert.deepEqual(row.plan.map((p) => [p.field, p.will]), [['attachments', '发票.pdf']]);
    });

    await t.test('is refused row by row', async () => {
        const [third, fourth] = items.slice(2);
        const places = {};
        const filled = filledInCalc(plain, (row, n) => {
            places[row['标识']] = n + 2;
            if (row['标识'] === first.id) return { 反馈问题: '改写过的问题' };
            if (row['标识'] === second.id) return { 整改措施: '', 申请销号: '是' };
            if (row['标识'] === third.id) return { 标识: NOBODY };
            if (row['标识'] === fourth.id) return { 标识: first.id };
        });
        const now = await returned(office, workbook, '交回.xlsx', filled);
        const rejected = await rowsOf(office, now.id, 'rejected');
        const rules = Object.fromEntries(rejected.map((r) => [r.row, r.errors.map((e) => `${e.label}：${e.rule}`).join('；')]));
        assert.match(rules[places[first.id]], /反馈问题：此栏由巡察办填写|重复/);
        assert.match(rules[places[second.id]], /整改结果/);
        assert.match(rules[places[fourth.id]], /重复|问题序号/);
        assert.match(rules[places[third.id]], /不是派发的事项/);
        assert.equal(now.missing, 2, 'those whose ids were written over');
        for (const r of rejected) for (const e of r.errors) assert.ok(e.remedy.length > 4, JSON.stringify(e));
    });

    await t.test('and an item that went on in the meantime is left alone', async () => {
        const item = await office.get(`rectifications/${first.id}`);
        const reader = city.as('unit');
        const own = (await reader.items('rectifications?state=ongoing&limit=1'))[0];
        const w = await issue(office, own.inspection);
        const form = await file(office, w, 'xlsx');
        const mine = await reader.get(`rectifications/${own.id}`);
        await reader.patch('rectifications', own.id, { handler: '示例五' }, mine.version);
        const conflict = await office.expect(409, 'GET', `workbooks/${w.id}/file`);
        assert.match(conflict.json.detail, /1个事项变动/);
        const now = await returned(office, w, 'x.xlsx', filledInCalc(form, (row) => (row['标识'] === own.id ? { 责任人: '示例六' } : {})));
        const [row] = await rowsOf(office, now.id, 'rejected');
        assert.match(row.errors[0].rule, /已有变动/);
        assert.ok(item);
    });

    await t.test('nobody else issues, reads or returns one', async () => {
        for (const login of ['unit', 'leader', 'head', 'discipline', 'sysadmin', 'auditor']) {
            const who = city.as(login);
            assert.ok([403, 404].includes((await who.request('GET', `workbooks/${workbook.id}`)).status), login);
            assert.ok([403, 404].includes((await who.request('GET', `workbooks/${workbook.id}/file`)).status), login);
            assert.ok([403, 404].includes((await who.request('GET', `workbooks/${workbook.id}/passphrase`)).status), login);
            assert.equal((await who.request('POST', 'workbooks', { body: { inspection } })).status, 403, login);
        }
        const problem = await office.refused(422, 'POST', 'imports', { body: { organiser: workbook.organiser, subject: 'rectifications', file_name: 'a.xlsx' } });
        assert.equal(problem.errors[0].field, 'workbook');
        const wrong = await office.refused(422, 'POST', 'imports', { body: { organiser: workbook.organiser, subject: 'units', file_name: 'a.xlsx', workbook: workbook.id } });
        assert.ok(inChinese(wrong));
    });

    await t.test('comes back by the command line too', async () => {
        const own = (await city.as('unit').items('rectifications?state=ongoing&limit=1'))[0];
        const w = await issue(office, own.inspection);
        writeFileSync(join(city.folder, 'back.xlsx'), filledInCalc(await file(office, w, 'xlsx'), (row) => (row['标识'] === own.id ? { 责任人: '示例七' } : {})));
        await city.stop();
        const done = city.run('import', '--as', 'rectifications', '--workbook', w.id, '--json', 'back.xlsx');
        assert.equal(done.code, 0, done.err);
        assert.deepEqual([JSON.parse(done.out).state, JSON.parse(done.out).changed], ['done', 1]);
        await city.start();
        assert.equal((await office.get(`rectifications/${own.id}`)).handler, '示例七');
    });

    await t.test('what ends a return as a whole does not hold up those behind it', async () => {
        const w = await issue(office, inspection);
        const now = await returned(office, w, 'x.xlsx', filledInCalc(await file(office, w, 'xlsx'), (row) => (row['标识'] === second.id ? { 责任人: '示例八' } : {})));
        assert.equal(now.state, 'ready');
        await office.move('workbooks', w.id, 'void', { reason: '派发错了' });
        assert.match((await office.moveRefused(409, 'imports', now.id, 'run', {})).detail, /已作废/);
        assert.equal((await office.get(`imports/${now.id}`)).state, 'ready');
        const clerk = await city.person('dai.ban', '代办', { role: 'office', everything: true });
        const his = await clerk.post('imports', { organiser: w.organiser, subject: 'meetings', file_name: 'a.csv' });
        const rows = Buffer.from('\ufeff会议类型,召集单位,会议日期,议题,召集单位类别\n整改督办会,市委巡察办,2021-10-11,督办,巡察办\n');
        await clerk.post('attachments', { subject: 'imports', record: his.id, name: 'a.csv', kind: 'copy', evidence: await clerk.upload(rows, { organiser: w.organiser }) });
        await clerk.move('imports', his.id, 'check');
        const ready = await settled(office, his.id);
        assert.equal(ready.state, 'ready', ready.fault);
        const right = (await city.as('secadmin').items(`assignments?account=${clerk.account.id}`))[0];
        await city.as('secadmin').move('assignments', right.id, 'end', { valid_to: '2021-10-30' });
        await office.move('imports', his.id, 'run', {});
        const ended = await settled(office, his.id);
        assert.ok(['failed', 'done'].includes(ended.state) && ended.inserted === 0, JSON.stringify(ended));
        const next = await issue(office, inspection);
        assert.equal((await returned(office, next, 'y.xlsx', await file(office, next, 'xlsx'))).state, 'ready', 'the next one has its turn');
    });

    await t.test('a void workbook takes nothing back, and gives no file', async () => {
        const w = await issue(office, inspection);
        const form = await file(office, w, 'xlsx');
        await office.moveRefused(422, 'workbooks', w.id, 'void', {});
        await office.move('workbooks', w.id, 'void', { reason: '派发错了轮次' });
        assert.match(await fault('x.xlsx', form, w), /已作废/);
        await office.expect(409, 'GET', `workbooks/${w.id}/file`);
        const early = (await office.items('inspections?state=on_site&limit=1'))[0];
        const nothing = await office.refused(409, 'POST', 'workbooks', { body: { inspection: early.id } });
        assert.match(nothing.detail, /没有需要整改的事项/);
        const past = await office.refused(422, 'POST', 'workbooks', { body: { inspection, due_on: '2021-01-01' } });
        assert.equal(past.errors[0].field, 'due_on');
    });
});

forEachEngine('a workbook for a body that cooperates', async (t, city) => {
    const office = city.as('office');
    const { inspection, items } = await busy(city);
    const [first, second] = items;
    const body = (await office.items(`units?id.ne=${first.unit}&limit=1`))[0];
    const give = (item, content, unit = body.id) => office.post('shares', { rectification: item.id, unit, part: 'cooperating', content, due_on: '2021-12-31' });
    const one = await give(first, '核对专户余额'), two = await give(second, '配合重新招标'), three = await give(second, '移交合同档案');
    await give(first, '本单位自己的任务', first.unit);
    let workbook, form;

    await t.test('holds its own tasks and nothing of what was found', async () => {
        workbook = await office.post('workbooks', { inspection, body: body.id, demand: '请报送完成情况。' });
        assert.deepEqual([workbook.unit, workbook.unit_name, workbook.items, workbook.state], [body.id, body.name, 3, 'issued']);
        assert.match(fileNameOf(await office.expect(200, 'GET', `workbooks/${workbook.id}/file?format=xlsx`)), /^整改分工工作簿-/);
        form = await file(office, workbook, 'xlsx');
        const seen = [];
        filledInCalc(form, (row) => void seen.push(row));
        assert.deepEqual(seen.map((r) => [r['序号'], r['任务'], r['分工']]), [['1', '核对专户余额', '配合单位'], ['2', '配合重新招标', '配合单位'], ['3', '移交合同档案', '配合单位']]);
        assert.deepEqual(Object.keys(seen[0]).filter((h) => h), ['序号', '反馈问题', '分工', '任务', '时限', '完成情况', '完成日期', '标识']);
        await office.post('workbooks', { inspection }); // the inspected unit's own stands beside it
        assert.match((await office.refused(409, 'POST', 'workbooks', { body: { inspection, body: body.id } })).detail, /派发未交回/);
        const idle = (await office.items(`units?id.ne=${body.id}&sort=-id&limit=20`)).find((u) => u.id !== first.unit);
        assert.match((await office.refused(409, 'POST', 'workbooks', { body: { inspection, body: idle.id } })).detail, /没有未完成的分工任务/);
        const self = await office.refused(409, 'POST', 'workbooks', { body: { inspection, body: first.unit } });
        assert.match(self.detail, /派发未交回/, 'the inspected unit gets its items, however it is named');
    });

    await t.test('comes back filled in: a plan, one row declined, the rest entered with its proofs', async () => {
        const filled = filledInCalc(form, (row) => ({ [one.id]: { 完成情况: '余额已核对一致。', 完成日期: '2021-10-20' }, [two.id]: { 完成情况: '已派员参加评标。' }, [three.id]: { 完成日期: '2021-10-21' } })[row['标识']]);
        const wrongly = await office.refused(422, 'POST', 'imports', { body: { organiser: workbook.organiser, subject: 'rectifications', file_name: 'x.xlsx', workbook: workbook.id } });
        assert.equal(wrongly.errors[0].field, 'subject');
        const astray = await returned(office, workbook, 'x.zip', pack({ 'a.xlsx': filled, '佐证材料/4/x.txt': 'x' }));
        assert.match(astray.fault, /4号/);
        const now = await returned(office, workbook, '交回.zip', packedBy7z({ '工作簿.xlsx': filled, '佐证材料/1 核对/对账单.pdf': 'a statement' }));
        assert.deepEqual([now.state, now.changed, now.same, now.rejected, now.missing], ['ready', 2, 0, 1, 0]);
        assert.match((await rowsOf(office, now.id, 'rejected'))[0].errors[0].rule, /完成情况/);
        const plan = await rowsOf(office, now.id, 'change');
        assert.deepEqual(plan.find((r) => r.record === one.id).plan.map((p) => [p.field, p.was, p.will]), [['result', null, '余额已核对一致。'], ['done_on', null, '2021-10-20'], ['attachments', null, '对账单.pdf']]);
        await office.move('imports', now.id, 'run', { declined: String(plan.find((r) => r.record === two.id).row), reason: '请写明日期。' });
        const done = await settled(office, now.id);
        assert.deepEqual([done.state, done.changed, done.rejected], ['done', 1, 2]);
        const share = await office.get(`shares/${one.id}`);
        assert.deepEqual([share.result, share.done_on, share.on_behalf_of], ['余额已核对一致。', '2021-10-20', body.name.slice(0, 60)]);
        assert.equal((await office.get(`shares/${two.id}`)).result, null);
        assert.equal((await office.items(`attachments?record=${first.id}`)).filter((a) => a.name === '对账单.pdf').length, 1, 'proofs hang on the item');
        assert.equal((await office.get(`workbooks/${workbook.id}`)).state, 'entered');
        assert.ok((await office.get(`shares/${one.id}/history`)).items.some((h) => h.operation === 'workbook.enter_share'));
        await office.move('imports', now.id, 'undo', { reason: '交错了' });
        assert.deepEqual(await settled(office, now.id).then((n) => [n.state, n.kept]), ['undone', 0]);
        assert.deepEqual(await office.get(`shares/${one.id}`).then((x) => [x.result, x.done_on]), [null, null]);
        assert.equal((await office.items(`attachments?record=${first.id}`)).filter((a) => a.name === '对账单.pdf').length, 0);
        assert.equal(city.run('verify').code, 0);
    });

    await t.test('grey cells, a task that changed, rows of others are refused', async () => {
        const filled = filledInCalc(form, (row) => ({ [one.id]: { 任务: '改写的任务', 完成情况: '好。' }, [two.id]: { 完成情况: '已派员。' }, [three.id]: { 标识: NOBODY, 完成情况: '好。' } })[row['标识']]);
        await office.patch('shares', two.id, { content: '配合重新招标并监督' });
        const now = await returned(office, workbook, 'x.xlsx', filled);
        const rules = (await rowsOf(office, now.id, 'rejected')).map((r) => r.errors[0].rule).join('；');
        for (const word of [/由巡察办填写/, /已有变动/, /不是派发的事项/]) assert.match(rules, word);
        assert.equal(now.rejected, 3);
        assert.match((await office.expect(409, 'GET', `workbooks/${workbook.id}/file`)).json.detail, /1个事项变动/);
    });
});
