// Files: uploaded by offset and resumed, sealed, joined inside one inspection, downloaded whole and in ranges.
import assert from 'node:assert/strict';
import http from 'node:http';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { forEachEngine, liveTeam, writePaper } from './lib.mjs';

const MiB = 1 << 20;

// Bytes that are the same at every run, and alike nowhere.
function noise(size, seed) {
    const out = Buffer.alloc(size);
    for (let at = 0, i = 0; at < size; at += 32, i++) createHash('sha256').update(`${seed} ${i}`).digest().copy(out, at);
    return out;
}

const files = (city) => readdirSync(join(city.folder, 'evidence'));
const peak = (city) => Number(readFileSync(`/proc/${city.server.pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)[1]) / 1024;

// Sends the head of a body and then goes away.
function breakOff(who, path, bytes, announced) {
    return new Promise((resolve, reject) => {
        const request = http.request(`${who.city.url}/api/v1/${path}`, { method: 'PUT', headers: { cookie: who.cookie, 'x-csrf-token': who.csrf, 'content-length': announced } });
        request.on('error', () => resolve());
        request.on('response', () => reject(new Error('an answer to half a request')));
        request.write(bytes, () => setTimeout(() => request.destroy(), 100));
    });
}

forEachEngine('files', async (t, city) => {
    const head = city.as('head');
    const author = city.as('member1');
    const live = await liveTeam(city);
    const inspection = live.inspection.id;
    const paper = await writePaper(city, live, 0);
    const bytes = noise(5 * MiB + 12345, 'five');
    let attached;

    const attach = (who, evidence, more = {}) => who.post('attachments', { subject: 'papers', record: paper.id, evidence, name: '账页.pdf', kind: 'voucher', ...more });

    await t.test('odd pieces, each from where the server stands, over a break and a restart', async () => {
        const upload = await author.post('uploads', { size: bytes.length, inspection });
        assert.deepEqual([upload.have, upload.chunk], [0, MiB]);
        await breakOff(author, `uploads/${upload.id}?offset=0`, bytes.subarray(0, MiB + 777), bytes.length);
        let have = (await author.get(`uploads/${upload.id}`)).have;
        assert.equal(have, MiB, 'the whole part of what came is kept');
        let pieces = 0;
        for (let size = 700001; have < bytes.length; size = size * 2 - 13) {
            const answer = await author.expect(200, 'PUT', `uploads/${upload.id}?offset=${have}`, { body: bytes.subarray(have, have + size) });
            assert.equal(answer.json.id, upload.id);
            assert.ok(answer.json.have === bytes.length || answer.json.have % MiB === 0);
            assert.equal(answer.json.have, Math.min(bytes.length, have + size) === bytes.length ? bytes.length : Math.floor((have + size) / MiB) * MiB);
            have = answer.json.have;
            assert.equal((await author.get(`uploads/${upload.id}`)).have, have);
            if (++pieces === 2) await city.restart();
        }
        assert.ok(pieces >= 4);
        const clear = files(city).some((name) => readFileSync(join(city.folder, 'evidence', name)).includes(bytes.subarray(1000, 1064)));
        assert.ok(!clear, 'what lies in the folder is sealed');
        attached = await attach(author, upload.id, { pages: '3-5', origin: '财务科', compared: true, obtained_on: '2021-10-20' });
        assert.deepEqual([attached.size, attached.kind, attached.pages, attached.compared, attached.inspection], [bytes.length, 'voucher', '3-5', true, inspection]);
        assert.match(attached.digest, /^[0-9a-f]{64}$/);
        assert.ok(!files(city).some((name) => name.endsWith('.sums') && name.startsWith(upload.id)), 'nothing is left of the upload');
    });

    await t.test('the download is what was uploaded', async () => {
        const answer = await head.expect(200, 'GET', `attachments/${attached.id}/file`);
        assert.equal(Number(answer.headers['content-length']), bytes.length);
        assert.equal(decodeURIComponent(answer.headers['content-disposition']), `attachment; filename*=UTF-8''${attached.name}`);
        assert.equal(answer.headers['content-type'], 'application/octet-stream');
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.ok(answer.bytes.equals(bytes));
    });

    await t.test('ranges', async () => {
        const size = bytes.length;
        for (const [range, from, to] of [['0-0', 0, 1], ['0-', 0, size], ['5-9', 5, 10], [`${MiB - 1}-${MiB}`, MiB - 1, MiB + 1], [`${MiB}-${3 * MiB + 7}`, MiB, 3 * MiB + 8], [`${size - 1}-`, size - 1, size], [`${5 * MiB}-${size + 99}`, 5 * MiB, size]]) {
            const answer = await head.expect(206, 'GET', `attachments/${attached.id}/file`, { headers: { range: `bytes=${range}` } });
            assert.equal(answer.headers['content-range'], `bytes ${from}-${to - 1}/${size}`);
            assert.ok(answer.bytes.equals(bytes.subarray(from, to)), range);
        }
        for (const range of ['bytes=9-5', `bytes=${size}-`, 'bytes=x-', 'pages=1-2']) // not understood: the whole
            assert.equal((await head.expect(200, 'GET', `attachments/${attached.id}/file`, { headers: { range } })).bytes.length, size, range);
    });

    await t.test('the same content is one file inside an inspection, and two in two', async () => {
        const before = files(city).length;
        const again = await attach(head, await head.upload(bytes, { inspection }), { name: '同一份.pdf' });
        assert.equal(again.evidence, attached.evidence);
        assert.equal(again.digest, attached.digest);
        assert.equal(files(city).length, before);
        assert.ok((await head.expect(200, 'GET', `attachments/${again.id}/file`)).bytes.equals(bytes));
        const office = city.as('office');
        const organiser = (await office.items('organisers'))[0].id;
        const meeting = (await office.items('meetings'))[0];
        const elsewhere = await office.post('attachments', { subject: 'meetings', record: meeting.id, evidence: await office.upload(bytes, { organiser }), name: '同一份.pdf' });
        assert.notEqual(elsewhere.evidence, attached.evidence);
        assert.equal(files(city).length, before + 1);
    });

    await t.test('a file of another inspection is refused', async () => {
        const office = city.as('office');
        const there = await author.upload(Buffer.from('另一对象的材料'), { inspection: live.inspections[1].id });
        const none = await author.refused(422, 'POST', 'attachments', { body: { subject: 'papers', record: paper.id, evidence: there, name: '甲.txt' } });
        assert.deepEqual(none.errors.map((e) => e.field), ['evidence']);
        const organiser = (await office.items('organisers'))[0].id;
        const meeting = (await office.items('meetings'))[0];
        const mixed = await office.refused(422, 'POST', 'attachments', { body: { subject: 'meetings', record: meeting.id, evidence: await office.upload(Buffer.from('巡察材料'), { inspection }), name: '甲.txt' } });
        assert.deepEqual(mixed.errors.map((e) => e.field), ['evidence']);
    });

    await t.test('the evidence of a paper is the team\'s to give', async () => {
        const office = city.as('office');
        const evidence = await office.upload(Buffer.from('代为举证'), { inspection });
        await office.refused(403, 'POST', 'attachments', { body: { subject: 'papers', record: paper.id, evidence, name: '甲.txt' } });
    });

    await t.test('programs and scripts are no proof', async () => {
        for (const name of ['清单.exe', '清单.PDF.Bat', '清单.js . ', '清单.lnk', '清单.exe..']) {
            const problem = await author.refused(422, 'POST', 'attachments', { body: { subject: 'papers', record: paper.id, evidence: await author.upload(Buffer.from('丙'), { inspection }), name, kind: 'voucher' } });
            assert.ok(problem.errors.some((e) => e.field === 'name' && e.remedy), name);
        }
        await attach(author, await author.upload(Buffer.from('丁'), { inspection }), { name: '执行exe说明.pdf' });
    });

    await t.test('an odd name', async () => {
        const named = await attach(author, await author.upload(Buffer.from('乙'), { inspection }), { name: '附件“一”; filename="x"\u202e.pdf' });
        assert.equal(named.name, '附件“一”; filename="x"\u202e.pdf');
        const told = (await head.expect(200, 'GET', `attachments/${named.id}/file`)).headers['content-disposition'];
        assert.match(told, /^attachment; filename\*=UTF-8''[A-Za-z0-9._%-]+$/, 'nothing of the name can end the header or its value');
        assert.equal(decodeURIComponent(told.split("''")[1]), named.name);
    });

    // Files lie in the folder whatever the engine.
    if (city.engine === 'sqlite') await t.test('a large file does not swell the server', async () => {
        const size = 200 * MiB;
        const chunk = noise(MiB, 'large');
        const upload = await author.post('uploads', { size, inspection });
        await author.get('papers');
        const before = peak(city);
        const answer = await new Promise((resolve, reject) => {
            const request = http.request(`${city.url}/api/v1/uploads/${upload.id}?offset=0`, { method: 'PUT', headers: { cookie: author.cookie, 'x-csrf-token': author.csrf, 'content-length': size } }, (response) => {
                const parts = [];
                response.on('data', (d) => parts.push(d));
                response.on('end', () => resolve({ status: response.statusCode, json: JSON.parse(Buffer.concat(parts)) }));
            });
            request.on('error', reject);
            let sent = 0;
            const more = () => {
                while (sent < size) {
                    chunk.writeUInt32LE(sent / MiB, 0);
                    sent += MiB;
                    if (!request.write(Buffer.from(chunk))) return request.once('drain', more);
                }
                request.end();
            };
            more();
        });
        assert.deepEqual([answer.status, answer.json.have], [200, size]);
        const large = await attach(author, upload.id, { name: '录像.mp4', kind: 'photo' });
        const hash = createHash('sha256'), expected = createHash('sha256');
        await new Promise((resolve, reject) => {
            http.get(`${city.url}/api/v1/attachments/${large.id}/file`, { headers: { cookie: head.cookie } }, (response) => {
                assert.equal(response.statusCode, 200);
                response.on('data', (d) => hash.update(d));
                response.on('end', resolve);
                response.on('error', reject);
            });
        });
        for (let i = 0; i < 200; i++) chunk.writeUInt32LE(i, 0), expected.update(chunk);
        assert.equal(hash.digest('hex'), expected.digest('hex'));
        const after = peak(city);
        assert.ok(after - before < 64, `the peak went from ${before.toFixed(1)} to ${after.toFixed(1)} MiB`);
    });

    await t.test('the ledger with its files is sound', async () => {
        await city.stop();
        const report = city.run('verify', '--json');
        assert.equal(report.code, 0, report.out + report.err);
    });
});
