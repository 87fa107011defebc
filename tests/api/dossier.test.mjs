// The file of a finished inspection: its catalogue, what its check finds, who may borrow, and the folder that opens
// without us.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forEachEngine } from './lib.mjs';

async function finished(office) {
    return (await office.items('inspections?state=fed_back&limit=1'))[0];
}
const itemsOf = (office, inspection) => office.items(`dossier_items?inspection=${inspection.id}&limit=200&fields=number,kind,title,retention,subject,record,digest,paper,place,pages`);

forEachEngine('the catalogue of a finished inspection', async (t, city) => {
    const office = city.as('office');
    const inspection = await finished(office);
    await office.expect(428, 'POST', `inspections/${inspection.id}/catalogue`, { body: {} });
    await office.move('inspections', inspection.id, 'catalogue');
    const items = await itemsOf(office, inspection);
    const count = async (entity, where = `inspection=${inspection.id}`) => (await office.get(`${entity}/count?${where}`)).count;

    await t.test('has each record once, in the order of the file', async () => {
        const by = (subject) => items.filter((i) => i.subject === subject).length;
        assert.equal(by('papers'), await count('papers'));
        assert.equal(by('rectifications'), await count('rectifications'));
        assert.equal(by('attachments'), await count('attachments'));
        assert.equal(by('feedbacks'), 1);
        assert.equal(by('authorisations'), await count('authorisations', `round=${inspection.round}&state.ne=draft`));
        assert.deepEqual(items.map((i) => i.number), items.map((_, n) => n + 1));
        const order = ['decision', 'notice', 'paper', 'proof', 'feedback', 'letter', 'rectification', 'answer', 'other'];
        const places = items.map((i) => order.indexOf(i.kind));
        assert.deepEqual(places, [...places].sort((a, b) => a - b));
        assert.equal(new Set(items.map((i) => i.record)).size, items.length);
    });

    await t.test('tells how long each is kept, by the rules of the round', () => {
        const kept = Object.fromEntries(items.map((i) => [i.kind, i.retention]));
        assert.equal(kept.paper, 'permanent');
        assert.equal(kept.feedback, 'permanent');
        assert.equal(kept.proof, 'years30');
    });

    await t.test('grows by what is new, and renumbers nothing', async () => {
        const organiser = (await office.items('organisers'))[0].id;
        const draft = await office.post('documents', { organiser, kind: 'notice', record: inspection.id, title: '补发通知', maker: '市委巡察办', series: '示巡试', dated_on: '2021-10-20' });
        await office.move('documents', draft.id, 'issue');
        await office.move('inspections', inspection.id, 'catalogue');
        const after = await itemsOf(office, inspection);
        assert.deepEqual(after.slice(0, items.length).map((i) => i.record), items.map((i) => i.record));
        assert.equal(after.length, items.length + 1);
        assert.deepEqual([after.at(-1).kind, after.at(-1).retention, after.at(-1).record], ['notice', 'years10', draft.id]);
    });

    await t.test('waits for the feedback', async () => {
        const early = (await office.items('inspections?state=on_site&limit=1'))[0];
        const refused = await office.expect(409, 'POST', `inspections/${early.id}/catalogue`, { body: {}, ifMatch: early.version });
        assert.match(refused.json.detail, /尚未反馈/);
    });

    await t.test('knows where the paper lies', async () => {
        const [item] = await itemsOf(office, inspection);
        const refused = await office.expect(422, 'PATCH', `dossier_items/${item.id}`, { body: { place: '2柜3层' }, ifMatch: item.version });
        assert.equal(refused.json.errors[0].field, 'place');
        await office.expect(422, 'PATCH', `dossier_items/${item.id}`, { body: { pages: 0 }, ifMatch: item.version });
        await office.expect(200, 'PATCH', `dossier_items/${item.id}`, { body: { paper: 'held', place: '2柜3层', pages: 3 }, ifMatch: item.version });
        const check = await office.get(`inspections/${inspection.id}/dossier_check`);
        assert.equal(check.paper_unknown, check.items - 1);
    });
});

forEachEngine('the check of a file', async (t, city) => {
    const office = city.as('office');
    const inspection = await finished(office);
    await office.move('inspections', inspection.id, 'catalogue');
    const items = await itemsOf(office, inspection);
    const check = () => office.get(`inspections/${inspection.id}/dossier_check`);

    await t.test('finds nothing when nothing happened', async () => {
        const { items: all, same, different } = await check();
        assert.deepEqual([all, same, different], [items.length, items.length, []]);
    });

    await t.test('names the record that has changed since', async () => {
        const item = items.find((i) => i.subject === 'rectifications');
        const record = await office.get(`rectifications/${item.record}`);
        await office.expect(200, 'POST', `rectifications/${item.record}/reopen`, { body: { reason: '复查发现反弹', due_on: '2021-12-31' }, ifMatch: record.version });
        const { changed, different } = await check();
        assert.equal(changed, 1);
        assert.deepEqual(different, [{ number: item.number, title: item.title, fate: 'changed' }]);
    });

    await t.test('names the attachment whose file was spoilt on disk', async () => {
        const folder = [join(city.folder, 'city.ledger.evidence'), join(city.folder, 'city.evidence'), join(city.folder, 'evidence')].find((f) => existsSync(f));
        const attachment = await office.get(`attachments/${items.find((i) => i.subject === 'attachments').record}`);
        const file = join(folder, attachment.evidence), bytes = readFileSync(file);
        bytes[bytes.length >> 1] ^= 1;
        writeFileSync(file, bytes);
        const { damaged, different } = await check();
        assert.ok(damaged >= 1); // one content may hang on several records
        assert.ok(different.some((d) => d.fate === 'damaged'));
    });
});

forEachEngine('loans from a file', async (t, city) => {
    const office = city.as('office');
    const inspection = await finished(office);
    await office.move('inspections', inspection.id, 'catalogue');
    const [item, other] = await itemsOf(office, inspection);
    const ask = { item: item.id, borrower: '甲', purpose: '核对整改情况', due_on: '2021-11-30' };
    const loan = await office.post('dossier_loans', ask);
    assert.equal(loan.state, 'asked');
    const clerk = await city.person('guan.li', '管理', { role: 'office', everything: true });

    await t.test('are granted by somebody else', async () => {
        const refused = await office.expect(409, 'POST', `dossier_loans/${loan.id}/grant`, { body: {}, ifMatch: loan.version });
        assert.match(refused.json.detail, /另一人/);
        const granted = await clerk.move('dossier_loans', loan.id, 'grant', { opinion: '同意' });
        assert.deepEqual([granted.state, granted.decided_by], ['out', '管理']);
    });
    await t.test('are one at a time', async () => {
        await office.expect(409, 'POST', 'dossier_loans', { body: ask });
        await clerk.move('dossier_loans', loan.id, 'give_back');
        assert.equal((await office.post('dossier_loans', ask)).state, 'asked');
    });
    await t.test('are refused with a reason', async () => {
        const second = await office.post('dossier_loans', { ...ask, item: other.id });
        await clerk.expect(422, 'POST', `dossier_loans/${second.id}/refuse`, { body: {}, ifMatch: second.version });
        assert.equal((await clerk.move('dossier_loans', second.id, 'refuse', { reason: '涉密' })).opinion, '涉密');
    });
    await t.test('are due in the future, from an item that one sees', async () => {
        const refused = await office.expect(422, 'POST', 'dossier_loans', { body: { ...ask, item: other.id, due_on: '2021-10-01' } });
        assert.equal(refused.json.errors[0].field, 'due_on');
        await city.as('member1').expect(403, 'POST', 'dossier_loans', { body: ask });
        await city.as('unit').expect(403, 'POST', 'dossier_loans', { body: ask });
    });
});

forEachEngine('a file as a folder', async (t, city) => {
    const office = city.as('office');
    const inspection = await finished(office);
    await office.expect(409, 'GET', `inspections/${inspection.id}/dossier`);
    await office.move('inspections', inspection.id, 'catalogue');
    const items = await itemsOf(office, inspection);
    const answer = await office.expect(200, 'GET', `inspections/${inspection.id}/dossier`);
    const folder = mkdtempSync(join(city.folder, 'dossier-'));
    writeFileSync(join(folder, 'file.zip'), answer.bytes);
    assert.equal(spawnSync('unzip', ['-q', 'file.zip'], { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } }).status, 0);
    const page = readFileSync(join(folder, 'index.html'), 'utf8');

    await t.test('opens by a page on which every item leads to its files', () => {
        const links = [...page.matchAll(/href="([^"]+)"/g)].map((m) => decodeURI(m[1]));
        for (const link of links) assert.ok(statSync(join(folder, link)).size > 0, link);
        assert.ok(links.length >= items.length);
        for (const item of items) assert.ok(page.includes(`<td>${item.number}</td>`));
        assert.ok(!/https?:\/\//.test(page), 'nothing from outside');
    });
    await t.test('has the digest of every file', () => {
        const lines = readFileSync(join(folder, '摘要.txt'), 'utf8').trim().split('\n').map((l) => [l.slice(0, 64), l.slice(66)]);
        for (const [digest, name] of lines) assert.equal(createHash('sm3').update(readFileSync(join(folder, name))).digest('hex'), digest, name);
        assert.ok(lines.length >= items.length + 2);
    });
    await t.test('has the lists as workbooks, and papers as Word and PDF where PDFs can be made', async () => {
        assert.deepEqual(readdirSync(join(folder, '清单')).sort(), ['整改台账.xlsx', '问题.xlsx'].sort());
        const docx = (await readdirSync(join(folder, '03 问题底稿'))).filter((f) => f.endsWith('.docx'));
        assert.ok(docx.length > 0);
        const { pdf } = await office.get('document_kinds');
        for (const name of docx) assert.equal(existsSync(join(folder, '03 问题底稿', name.replace(/docx$/, 'pdf'))), pdf);
    });
    rmSync(folder, { recursive: true });
});
