// Seals and signatures on issued papers, and the numbers of the copies of secret ones.
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentOf, paragraph } from './docx.mjs';
import { forEachEngine } from './lib.mjs';

const MAKER = '中共示例市委巡察工作领导小组办公室';
function crc32(bytes) {
    let crc = ~0;
    for (const byte of bytes) {
        crc ^= byte;
        for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
}
// A ring in red on nothing.
function png(side, shade = 220) {
    const rows = Buffer.alloc(side * (1 + side * 4));
    for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) {
            const r = Math.hypot(x - side / 2, y - side / 2);
            rows.set([shade, 0, 0, r < side / 2 && r > side / 2 - 4 ? 255 : 0], y * (1 + side * 4) + 1 + x * 4);
        }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(side, 0), head.writeUInt32BE(side, 4), head.set([8, 6, 0, 0, 0], 8);
    const chunk = (type, bytes) => {
        const body = Buffer.concat([Buffer.from(type), bytes]), out = Buffer.alloc(8);
        out.writeUInt32BE(bytes.length, 0), out.writeUInt32BE(crc32(body), 4);
        return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)]);
    };
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
function parts(docx) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-seal-'));
    try {
        writeFileSync(join(folder, 'a.docx'), docx);
        const names = spawnSync('unzip', ['-Z1', join(folder, 'a.docx')], { encoding: 'utf8' }).stdout.trim().split('\n');
        const body = spawnSync('unzip', ['-p', join(folder, 'a.docx'), 'word/document.xml'], { encoding: 'utf8' }).stdout;
        return { names, body };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
const images = (docx) => parts(docx).names.filter((n) => n.startsWith('word/media/'));

async function begin(city) {
    const office = city.as('office');
    const organiser = (await office.items('organisers'))[0].id;
    const inspection = (await office.items('inspections?state=fed_back&limit=1'))[0];
    const draft = (more = {}) => office.post('documents', { organiser, kind: 'notice', record: inspection.id, title: '试', maker: MAKER, series: '示印试', dated_on: '2021-10-20', ...more });
    const issued = async (more) => {
        const one = await draft(more);
        await office.move('documents', one.id, 'issue');
        return one;
    };
    const file = async (one, query = 'format=docx') => (await office.expect(200, 'GET', `documents/${one.id}/file?${query}`)).bytes;
    const clerk = await city.person('jing.ban', '经办', { role: 'office', everything: true });
    return { office, clerk, organiser, inspection, draft, issued, file };
}

forEachEngine('seals of papers', async (t, city) => {
    const { office, clerk, organiser, inspection, draft, issued, file } = await begin(city);
    const body = { organiser, kind: 'seal', name: MAKER, file: png(60).toString('base64') };
    let seal;

    await t.test('an image is looked at before it is kept', async () => {
        const wrong = async (more, field) => {
            const refused = await office.refused(422, 'POST', 'seal_images', { body: { ...body, ...more } });
            assert.ok(refused.errors.some((e) => e.field === field), JSON.stringify(refused));
        };
        await wrong({ file: Buffer.from('GIF89a').toString('base64') }, 'file');
        await wrong({ file: '***' }, 'file');
        await wrong({ width_mm: 5 }, 'width_mm');
        await wrong({ width_mm: 200 }, 'width_mm');
        await wrong({ name: null }, 'name');
        seal = await office.post('seal_images', body);
        const image = await office.expect(200, 'GET', `seal_images/${seal.id}/file`);
        assert.ok(image.bytes.equals(png(60)) && image.headers['content-type'] === 'image/png', 'who compares it sees it');
        assert.deepEqual([seal.state, seal.width_mm, seal.height_mm, seal.image, seal.account], ['draft', 42, 42, undefined, undefined]);
    });

    await t.test('who keeps it does not put it in force; until then no paper bears it', async () => {
        const refused = await office.moveRefused(409, 'seal_images', seal.id, 'enforce');
        assert.match(refused.detail, /另一人/);
        assert.deepEqual(images(await file(await issued())), []);
        await clerk.move('seal_images', seal.id, 'enforce');
    });

    await t.test('an issued paper of that maker bears it over the date; a draft, a print and other makers do not', async () => {
        const one = await draft();
        assert.deepEqual(images(await file(one)), []);
        await office.move('documents', one.id, 'issue');
        const bytes = await file(one);
        assert.equal(images(bytes).length, 1);
        const xml = parts(bytes).body;
        assert.match(xml, /<wp:anchor [^>]*behindDoc="1"/);
        const at = xml.indexOf('<wp:anchor');
        assert.ok(xml.indexOf('2021年10月20日', at) > at && xml.indexOf('2021年10月20日', at) - at < 3000, 'in the paragraph of the date');
        const print = await office.expect(200, 'GET', `print?kind=announcement&record=${inspection.id}&format=docx`);
        assert.deepEqual(images(print.bytes), []);
        assert.deepEqual(images(await file(await issued({ maker: '示例市委第一巡察组' }))), []);
        const code = (await office.get(`documents/${one.id}`)).code;
        assert.equal((await office.get(`document_codes/${code}`)).state ?? 'issued', 'issued');
    });

    await t.test('another one takes its place; what was issued stays as it went out', async () => {
        const before = await issued();
        const old = await file(before);
        const next = await clerk.post('seal_images', { ...body, file: png(64, 180).toString('base64'), width_mm: 45 });
        await office.move('seal_images', next.id, 'enforce');
        assert.equal((await office.get(`seal_images/${seal.id}`)).state, 'retired');
        assert.deepEqual(await file(before), old);
        assert.match(parts(await file(await issued())).body, /cx="1620000"/, '45 mm');
        await office.move('seal_images', next.id, 'retire');
        assert.deepEqual(images(await file(await issued())), []);
    });

    await t.test('a signature stands where a template of the office has it, in the line', async () => {
        const mine = await office.post('seal_images', { ...body, kind: 'signature', name: '示例主任', width_mm: 30 });
        await clerk.move('seal_images', mine.id, 'enforce');
        const template = await office.post('templates', { organiser, kind: 'notice', title: '签名', file: documentOf(paragraph('{{发文字号}}{{被巡察单位名称}}') + paragraph('签发人：{{签发人}}{{@签名}}')).toString('base64') });
        await office.move('templates', template.id, 'enforce');
        const signed = parts(await file(await issued({ signer: '示例主任' }))).body;
        assert.match(signed, /<wp:inline [\s\S]*?cx="1080000"/);
        assert.deepEqual(images(await file(await issued({ signer: '别人' }))), []);
    });

    await t.test('nobody else keeps or sees them, and the audit has every step', async () => {
        for (const login of ['unit', 'leader', 'head', 'discipline', 'sysadmin', 'secadmin', 'auditor']) {
            assert.equal((await city.as(login).request('GET', 'seal_images')).status, 403, login);
            assert.equal((await city.as(login).request('POST', 'seal_images', { body })).status, 403, login);
        }
        const names = (await city.as('auditor').get('audit?limit=200')).items.map((a) => a.operation);
        for (const name of ['seal_image.add', 'seal_image.enforce', 'seal_image.retire']) assert.ok(names.includes(name), name);
        assert.equal(city.run('verify').code, 0);
    });
});

forEachEngine('copies of a secret paper', async (t, city) => {
    const { office, draft, issued, file } = await begin(city);
    await city.as('sysadmin').post('settings', { name: 'secrecy_ceiling', value: 'secret' });

    await t.test('are counted before it goes out', async () => {
        const one = await draft({ secrecy: 'secret', secrecy_months: 12 });
        const refused = await office.moveRefused(409, 'documents', one.id, 'issue');
        assert.equal(refused.errors[0].field, 'copies_made');
        await office.patch('documents', one.id, { copies_made: 0 }).then(() => assert.fail('0 copies'), () => {});
        const now = await office.get(`documents/${one.id}`);
        await office.patch('documents', one.id, { copies_made: 30 }, now.version);
        await office.move('documents', one.id, 'issue');
        const marks = parts(await file(one)).body;
        assert.ok(marks.indexOf('>000001<') > 0 && marks.indexOf('>000001<') < marks.indexOf('秘密★1年'), 'above the secrecy mark');
    });

    await t.test('each bear their number', async () => {
        const one = await issued({ secrecy: 'secret', copies_made: 30 });
        const twelfth = parts(await file(one, 'format=docx&copy=12'));
        assert.ok(twelfth.body.includes('>000012<') && !twelfth.body.includes('>000001<'));
        const many = await office.expect(200, 'GET', `documents/${one.id}/file?copy=3-5`);
        assert.match(many.headers['content-type'], /zip/);
        for (const name of ['000003', '000004', '000005']) assert.ok(many.bytes.includes(Buffer.from(name)), name);
        for (const copy of ['0', '31', '5-3', 'x', '1-31']) {
            const refused = await office.refused(422, 'GET', `documents/${one.id}/file?copy=${copy}`);
            assert.equal(refused.errors[0].field, 'copy', copy);
        }
        const open = await issued();
        const refused = await office.refused(422, 'GET', `documents/${open.id}/file?copy=1`);
        assert.match(refused.errors[0].rule, /不编份号/);
    });
});
