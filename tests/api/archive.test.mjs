// archive write, check, read: a whole ledger in one file beside a running server, and back on either engine; what is
// damaged is named, never passed over.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { City, Client, engines, forEachEngine, liveTeam, made, pg, program, psql, writePaper, xuncha } from './lib.mjs';

const HEAD = 96, BOUND = 88;
const data = (name) => new URL(`../data/${name}`, import.meta.url).pathname;
const PASSPHRASE = '示例口令：仅供测试使用的归档';

// Bytes that are the same at every run, and alike nowhere.
function noise(size, seed) {
    const out = Buffer.alloc(size);
    for (let at = 0, i = 0; at < size; at += 32, i++) createHash('sha256').update(`${seed} ${i}`).digest().copy(out, at);
    return out;
}

function inFolder(run) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-archive-'));
    const end = () => rmSync(folder, { recursive: true, force: true });
    let result;
    try {
        result = run(folder);
    } catch (error) {
        end();
        throw error;
    }
    return result instanceof Promise ? result.finally(end) : (end(), result);
}

// --- what stands in an archive, without its key -----------------------------------------------------------------------

const headerOf = (bytes) => JSON.parse(bytes.subarray(0, 16384).toString().split('\n')[1]);

function framesOf(bytes) {
    const frames = [];
    let at = 0;
    for (let lines = 0; lines < 3; at++) if (bytes[at] === 10) lines++;
    while (at < bytes.length) {
        const body = bytes.readUInt32BE(at + 44);
        const subject = bytes.subarray(at + 48, at + 80).toString().replace(/\0+$/, '');
        frames.push({ at, end: at + HEAD + body, kind: String.fromCharCode(bytes[at + 34]), no: Number(bytes.readBigUInt64BE(at + 36)), subject, parts: bytes.readUInt16BE(at + 86) });
        at += HEAD + body;
    }
    return frames;
}

// The header with some members changed and its sum put right.
function withHeader(bytes, more) {
    const end = bytes.indexOf(10, bytes.indexOf(10, bytes.indexOf(10) + 1) + 1) + 1;
    const lines = bytes.subarray(0, end).toString().split('\n');
    const text = `${lines[0]}\n${JSON.stringify({ ...JSON.parse(lines[1]), ...more })}\n`;
    return Buffer.concat([Buffer.from(`${text}sm3 ${createHash('sm3').update(text).digest('hex')}\n`), bytes.subarray(end)]);
}

// --- ledgers out of archives --------------------------------------------------------------------------------------------

let places = 0;

// The ledger of that archive as a city of its own: {city, printed}.
async function restored(engine, archive, from, more = []) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-restored-'));
    const database = `restored_${process.pid}_${++places}`;
    if (engine !== 'sqlite') psql(`CREATE DATABASE ${database}`);
    const city = new City(engine, folder, database, from?.accounts ?? {}, {});
    if (from) copyFileSync(join(from.folder, from.engine === 'sqlite' ? 'city.ledger.key' : 'city.key'), join(folder, engine === 'sqlite' ? 'city.ledger.key' : 'city.key'));
    const done = xuncha(['archive', 'read', ...city.args, '--evidence', 'evidence', '--json', ...more, archive], { cwd: folder });
    return { city, done };
}

function verified(city) {
    const done = city.run('verify', '--json');
    assert.ok(done.code <= 1, done.err);
    return JSON.parse(done.out);
}

const figures = (city, day = '2021-10-31') => JSON.parse(city.run('figures', '--json', '--as-of', day).out);

async function served(city) {
    await city.start();
    await new Client(city).expect(200, 'GET', '/healthz');
    await city.stop();
}

function start(city, ...args) {
    const child = spawn(program, ['archive', ...args], { cwd: city.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (d) => said.out += d);
    child.stderr.on('data', (d) => said.err += d);
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

forEachEngine('an archive beside a server that is being written to', async (t, city) => {
    const office = city.as('office');
    const live = await liveTeam(city);
    const paper = await writePaper(city, live, 0);
    const bytes = noise((2 << 20) + 4321, 'archive');
    const attached = await city.as('member1').attach('papers', paper.id, live.inspection.id, bytes, '账页.pdf');
    const organiser = (await office.items('organisers'))[0].id;
    await city.as('member1').post('uploads', { size: 3 << 20, inspection: live.inspection.id });
    const archive = join(city.folder, 'city.xuncha');

    let wrote = 0, writing = true;
    const writer = (async () => {
        while (writing) {
            await office.post('meetings', { organiser, kind: 'other', body: 'office', maker: '甲', held_on: '2021-10-30', title: `第${++wrote}次会议` });
        }
    })();
    const done = await start(city, 'write', ...city.args, '--json', 'city.xuncha');
    const atEnd = wrote;
    writing = false;
    await writer;
    assert.equal(done.code, 0, done.err);
    assert.ok(atEnd > 0, 'the server was written to meanwhile');
    const told = JSON.parse(done.out);
    const header = headerOf(readFileSync(archive));

    await t.test('its header, its mode, its counts', () => {
        assert.equal(statSync(archive).mode & 0o777, 0o600);
        assert.deepEqual([header.format, header.engine, header.opens_with, header.pinned_today], [1, city.engine, 'key_file', '2021-10-31']);
        assert.equal(header.noted, city.engine !== 'sqlite', 'a file that is being served takes no entry of another process');
        assert.equal(told.entries, header.audit_seq);
        assert.equal(told.bytes, statSync(archive).size);
        const frames = framesOf(readFileSync(archive));
        assert.equal(told.frames, frames.length);
        assert.ok(frames.every((f, i) => f.no === i && f.end - f.at <= 65536));
        for (const table of ['session', 'idempotency', 'upload', 'login_failure']) assert.ok(!frames.some((f) => f.subject === table), table);
        assert.ok(frames.some((f) => f.subject === 'rule_set') && frames.some((f) => f.subject === 'wrapped_key'));
        assert.ok(!readFileSync(archive).includes(Buffer.from('会议')), 'nothing of it is clear');
        assert.equal(xuncha(['archive', 'check', '--key', city.engine === 'sqlite' ? 'city.ledger.key' : 'city.key', 'city.xuncha'], { cwd: city.folder }).code, 0);
    });
    const before = figures(city);
    for (const engine of engines.filter((e) => !e.skip))
        await t.test(`restored on ${engine.name}`, async () => {
            const { city: other, done } = await restored(engine.name, archive, city);
            try {
                assert.equal(done.code, 0, done.err);
                const { missing, lost_count, lost, ...counts } = JSON.parse(done.out);
                const { missing: none, ...wanted } = told;
                assert.deepEqual([counts, missing, none, lost_count, lost], [wanted, 0, 0, 0, []]);
                const report = verified(other);
                assert.deepEqual([report.faults, report.entries, report.records, report.files], [0, told.entries + 1, told.records, told.files], JSON.stringify(report.list));
                assert.deepEqual(figures(other), before);
                await other.start();
                const author = await other.loggedIn('member1');
                const file = (await author.expect(200, 'GET', `attachments/${attached.id}/file`)).bytes;
                assert.ok(file.equals(bytes), `the file is another: ${file.length} bytes, ${bytes.length} were uploaded`);
                const boss = await other.loggedIn('office');
                const meeting = await boss.post('meetings', { organiser, kind: 'other', body: 'office', maker: '乙', held_on: '2021-10-31', title: '恢复之后' });
                assert.equal((await boss.get(`meetings/${meeting.id}`)).title, '恢复之后');
                await author.attach('papers', paper.id, live.inspection.id, Buffer.from('恢复之后的材料'), '新材料.txt');
                await boss.refused(422, 'POST', 'meetings', { body: { organiser: 'x', kind: 'other', body: 'office', maker: '乙', held_on: '2021-10-31', title: '无' } });
                const audit = await (await other.loggedIn('auditor')).items('audit');
                assert.ok(audit.some((e) => e.operation === 'archive.read'));
                assert.equal(audit.some((e) => e.operation === 'archive.write'), header.noted);
                await other.stop();
                assert.equal(verified(other).faults, 0);
                // And on: an archive of the restored ledger.
                const again = xuncha(['archive', 'write', ...other.args, '--json', 'again.xuncha'], { cwd: other.folder });
                assert.equal(again.code, 0, again.err);
                assert.equal(headerOf(readFileSync(join(other.folder, 'again.xuncha'))).noted, true);
            } finally {
                await other.close();
            }
        });
    await t.test('what is there already is left alone', async () => {
        const again = xuncha(['archive', 'write', ...city.args, 'city.xuncha'], { cwd: city.folder });
        assert.equal(again.code, 5, again.err);
        const over = xuncha(['archive', 'read', ...city.args, 'city.xuncha'], { cwd: city.folder });
        assert.equal(over.code, 5, over.err);
        assert.deepEqual(readdirSync(city.folder).filter((name) => name.endsWith('.part')), []);
        await office.items('meetings');
        const { city: other, done } = await restored(city.engine, archive, city);
        assert.equal(done.code, 0, done.err);
        const twice = xuncha(['archive', 'read', ...other.args, '--evidence', 'evidence2', archive], { cwd: other.folder });
        assert.equal(twice.code, 5);
        assert.match(twice.err, /不会(改动|覆盖)/);
        assert.equal(verified(other).faults, 0);
        await other.close();
    });
});

// --- keys -----------------------------------------------------------------------------------------------------------------

test('keys and passphrases', () => inFolder((folder) => {
    const run = (...args) => xuncha(args, { cwd: folder });
    const archive = data('archive-3.xuncha');
    copyFileSync(data('archive-3.key'), join(folder, 'right.key'));
    chmodSync(join(folder, 'right.key'), 0o600);
    writeFileSync(join(folder, 'wrong.key'), '5a'.repeat(32) + '\n', { mode: 0o600 });
    writeFileSync(join(folder, 'right'), PASSPHRASE + '\n');
    writeFileSync(join(folder, 'wrong'), '另一个口令，也有十二个字');
    writeFileSync(join(folder, 'short'), '太短');
    const refused = (code, says, ...args) => {
        const done = run('archive', ...args);
        assert.equal(done.code, code, done.err);
        assert.match(done.err, says);
        assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('new')), []);
    };
    refused(3, /密钥不是这份归档的/, 'read', '--ledger', 'new', '--key', 'wrong.key', archive);
    refused(3, /口令不对/, 'read', '--ledger', 'new', '--passphrase-file', 'wrong', archive);
    refused(2, /至少12个字/, 'read', '--ledger', 'new', '--passphrase-file', 'short', archive);
    refused(4, /密钥文件/, 'read', '--ledger', 'new', archive);
    refused(5, /right\.key 已经存在/, 'read', '--ledger', 'new', '--key', 'right.key', '--passphrase-file', 'right', archive);
    refused(2, /--key/, 'check', archive);
    refused(2, /用法/, 'write', '--ledger', 'new');
    assert.equal(run('archive', 'check', '--passphrase-file', 'right', archive).code, 0);
    const done = run('archive', 'read', '--ledger', 'new', '--passphrase-file', 'right', archive);
    assert.equal(done.code, 0, done.err);
    assert.equal(statSync(join(folder, 'new.key')).mode & 0o777, 0o600);
    assert.equal(readFileSync(join(folder, 'new.key'), 'utf8'), readFileSync(data('archive-3.key'), 'utf8'));
    assert.equal(run('verify', '--ledger', 'new').code, 0);
    // An archive from before the search: every record that it finds is walked through.
    assert.match(run('reindex', '--behind', '--ledger', 'new').out, /收录[1-9]\d*条/);
    assert.match(run('reindex', '--behind', '--ledger', 'new').out, /收录0条/);
    assert.equal(run('verify', '--ledger', 'new').code, 0);
    // A passphrase of one's own, and an archive that has none.
    assert.equal(run('archive', 'write', '--ledger', 'new', '--passphrase-file', 'wrong', 'own').code, 0);
    assert.equal(headerOf(readFileSync(join(folder, 'own'))).opens_with, 'passphrase');
    assert.equal(run('archive', 'check', '--passphrase-file', 'wrong', 'own').code, 0);
    assert.equal(run('archive', 'check', '--key', 'new.key', 'own').code, 0);
    assert.equal(run('archive', 'write', '--ledger', 'new', 'plain').code, 0);
    assert.match(run('archive', 'check', '--passphrase-file', 'wrong', 'plain').err, /不能用口令打开/);
}));

test('a file that is missing on disk is missing in the archive, and both say so', () => inFolder((folder) => {
    const run = (...args) => xuncha(args, { cwd: folder });
    const json = (done) => (assert.ok(done.code <= 1, done.err), { code: done.code, ...JSON.parse(done.out) });
    writeFileSync(join(folder, 'passphrase'), PASSPHRASE);
    assert.equal(run('archive', 'read', '--ledger', 'one', '--passphrase-file', 'passphrase', data('archive-3.xuncha')).code, 0);
    const files = readdirSync(join(folder, 'one.evidence'));
    rmSync(join(folder, 'one.evidence', files[0]));
    writeFileSync(join(folder, 'one.evidence', files[1]), readFileSync(join(folder, 'one.evidence', files[1])).subarray(0, 50));
    const wrote = json(run('archive', 'write', '--ledger', 'one', '--json', 'holes'));
    assert.deepEqual([wrote.code, wrote.files, wrote.missing], [1, 10, 2]);
    copyFileSync(join(folder, 'one.key'), join(folder, 'two.key'));
    const read = json(run('archive', 'read', '--ledger', 'two', '--json', 'holes'));
    assert.deepEqual([read.code, read.missing, read.lost_count], [0, 2, 0]);
    const report = json(run('verify', '--ledger', 'two', '--json'));
    assert.deepEqual(report.list.map((f) => f.place).sort(), [`evidence ${files[0]} chunk 0`, `evidence ${files[1]} chunk 0`].sort());
}));

// A file may not grow beyond so many KiB here, which is answered like a full disk.
test('a full disk leaves nothing behind', () => inFolder((folder) => {
    const limited = (kib, ...args) => spawnSync('bash', ['-c', `ulimit -f ${kib}; exec "$0" "$@"`, program, 'archive', ...args], { cwd: folder, encoding: 'utf8' });
    writeFileSync(join(folder, 'passphrase'), PASSPHRASE);
    const files = () => readdirSync(folder).filter((name) => !/-(wal|shm)$|\.lock$/.test(name)).sort();
    const before = files();
    const read = limited(500, 'read', '--ledger', 'new', '--passphrase-file', 'passphrase', data('archive-3.xuncha'));
    assert.equal(read.status, 11, read.stderr);
    assert.deepEqual(files(), before);
    made(['archive', 'read', '--ledger', 'new', '--passphrase-file', 'passphrase', data('archive-3.xuncha')], { cwd: folder });
    const after = files();
    const wrote = limited(300, 'write', '--ledger', 'new', 'full');
    assert.equal(wrote.status, 11, wrote.stderr);
    assert.deepEqual(files(), after);
    assert.equal(xuncha(['verify', '--ledger', 'new'], { cwd: folder }).code, 0);
}));

// --- archives of earlier versions ---------------------------------------------------------------------------------------------

const kept = [
    { name: 'archive-schema-24', more: 'schema 24', entries: 3972, records: 2307, files: 127, day: '2021-11-22', rectified: [95, 104] },
    { name: 'archive-schema-22', more: 'schema 22', entries: 3973, records: 2311, files: 126, day: '2021-11-22', rectified: [95, 104] },
    { name: 'archive-schema-21', more: 'schema 21', entries: 4010, records: 2336, files: 126, day: '2021-11-22', rectified: [95, 104] },
    { name: 'archive-schema-13', more: 'schema 13', entries: 3959, records: 2289, files: 127, day: '2021-10-31', rectified: [95, 104] },
    { name: 'archive-schema-10', more: 'schema 10', entries: 3868, records: 2200, files: 128, day: '2021-10-31', rectified: [95, 108] },
    { name: 'archive-schema-7', more: 'schema 7', entries: 3976, records: 2311, files: 127, day: '2022-01-10', rectified: [96, 103] },
    { name: 'archive-3', more: 'schema 4', entries: 791, records: 578, files: 10, rectified: [5, 6] },
    { name: 'archive-schema-5', more: 'schema 5', entries: 832, records: 596, files: 13, rectified: [6, 7] },
    { name: 'archive-schema-3', more: 'schema 3', entries: 328, records: 219, files: 10, rectified: [5, 6] },
];
for (const engine of engines)
    for (const { name, more, entries, records, files, day, rectified } of kept)
        test(`the archive that format 1 and ${more} left behind, on ${engine.name}`, { skip: engine.skip }, async () => {
            const folder = mkdtempSync(join(tmpdir(), 'xuncha-archive-'));
            const key = join(folder, 'key');
            copyFileSync(data(`${name}.key`), key);
            chmodSync(key, 0o600);
            const { city, done } = await restored(engine.name, data(`${name}.xuncha`), null, ['--key', key]);
            city.args = [...city.args, '--key', key];
            try {
                assert.equal(done.code, 0, done.err);
                const report = verified(city);
                assert.deepEqual([report.faults, report.entries, report.records, report.files], [0, entries + 1, records, files], JSON.stringify(report.list));
                const rate = figures(city, day).find((f) => f.id === 'rectification_rate');
                assert.deepEqual([rate.numerator, rate.denominator], rectified);
                await served(city);
            } finally {
                await city.close();
                rmSync(folder, { recursive: true });
            }
        });

// --- damage --------------------------------------------------------------------------------------------------------------------

const PLACE = /第\d+字节/;

// Reads a changed copy, strictly and with --salvage.
function damaged(folder, name, bytes) {
    const files = () => readdirSync(folder).sort();
    writeFileSync(join(folder, 'bad'), bytes);
    const before = files();
    const strict = xuncha(['archive', 'read', '--ledger', 'new', '--key', 'key', 'bad'], { cwd: folder });
    assert.ok(strict.code >= 2, `${name}: exit ${strict.code} ${strict.err}`);
    assert.match(strict.err, PLACE, name);
    assert.deepEqual(files(), before, `${name}: the restore left something behind`);
    const check = xuncha(['archive', 'check', '--key', 'key', 'bad'], { cwd: folder });
    assert.equal(check.code, 1, `${name}: ${check.err}`);
    const salvage = xuncha(['archive', 'read', '--ledger', 'new', '--key', 'key', '--salvage', '--json', 'bad'], { cwd: folder });
    assert.equal(salvage.code, 1, `${name}: exit ${salvage.code} ${salvage.err}`);
    const report = JSON.parse(salvage.out);
    assert.ok(report.lost_count > 0, name);
    const verify = xuncha(['verify', '--ledger', 'new', '--key', 'key', '--json'], { cwd: folder });
    for (const file of files().filter((f) => f.startsWith('new'))) rmSync(join(folder, file), { recursive: true });
    return { strict, report, verify };
}

test('a damaged byte anywhere', { timeout: 170000 }, () => inFolder((folder) => {
    copyFileSync(data('archive-3.key'), join(folder, 'key'));
    chmodSync(join(folder, 'key'), 0o600);
    const whole = readFileSync(data('archive-3.xuncha'));
    const frames = framesOf(whole);
    const places = new Set([0, 3, 15, 40, frames[0].at - 3]); // magic, version, header, its sum
    for (const f of frames.filter((f, i) => i < 6 || i % 2 === 0 || f.kind !== 'R' || f.parts > 1)) places.add(f.at + HEAD + 20 + (f.no * 37) % (f.end - f.at - HEAD - 60));
    for (let i = 0; i < HEAD; i += 6) places.add(frames[7 + (i / 6) % 20].at + i); // every part of a head
    places.add(frames.at(-1).at + 50).add(whole.length - 1).add(frames[5].end - 1);
    assert.ok(places.size >= 60, String(places.size));
    for (const at of places) {
        const bytes = Buffer.from(whole);
        bytes[at] ^= 1 << at % 8;
        const hit = frames.find((f) => at >= f.at && at < f.end);
        const name = `byte ${at} (${hit ? `frame ${hit.no} ${hit.subject}` : 'header'})`;
        const { strict, report, verify } = damaged(folder, name, bytes);
        if (!hit) {
            assert.equal(report.lost[0].frame, -1, name);
            assert.equal(verify.code, 0, `${name}: all frames are whole`);
            continue;
        }
        assert.ok(strict.err.includes(`第${hit.no}帧`), `${name}: ${strict.err}`);
        assert.ok(strict.err.includes(`第${hit.at}字节`), `${name}: ${strict.err}`);
        assert.ok(report.lost.some((l) => l.frame === hit.no && l.offset === hit.at), `${name}: ${JSON.stringify(report.lost)}`);
        const lost = report.lost.find((l) => l.frame === hit.no);
        if (hit.kind === 'R') assert.ok(lost.table.includes(hit.subject) || at < hit.at + HEAD, `${name}: ${lost.table}`);
        if (hit.kind === 'E' && at >= hit.at + HEAD) assert.deepEqual([lost.table, lost.file, lost.chunk], ['evidence', hit.subject, 0]);
        // The migrations make the first anew, the header tells the other.
        if (['schema_version', 'chain_head'].includes(hit.subject)) assert.equal(verify.code, 0, name);
        else if ('RE'.includes(hit.kind)) assert.notEqual(verify.code, 0, `${name}: rows are missing and verify is silent`);
    }
}));

test('an archive cut off, and frames left out, repeated, moved, added', { timeout: 170000 }, () => inFolder((folder) => {
    copyFileSync(data('archive-3.key'), join(folder, 'key'));
    chmodSync(join(folder, 'key'), 0o600);
    const whole = readFileSync(data('archive-3.xuncha'));
    const frames = framesOf(whole);
    const piece = (f) => whole.subarray(f.at, f.end);
    const [head, closing] = [whole.subarray(0, frames[0].at), frames.at(-1)];
    const file = frames.find((f) => f.kind === 'E');
    for (const to of [frames[1].at, frames[4].at + 40, frames[9].end, frames[20].at + HEAD + 100, closing.at, closing.end - 1, file.at]) {
        const { strict, report, verify } = damaged(folder, `cut at ${to}`, whole.subarray(0, to));
        assert.match(strict.err, /中断/);
        if (to <= file.at) assert.notEqual(verify.code, 0);
        assert.ok(report.lost.length >= 1);
    }
    const without = (no) => Buffer.concat([head, ...frames.filter((f) => f.no !== no).map(piece)]);
    for (const no of [0, 5, file.no]) damaged(folder, `without frame ${no}`, without(no));
    const twice = damaged(folder, 'a frame repeated', Buffer.concat([head, ...frames.slice(0, 9).map(piece), piece(frames[6]), ...frames.slice(9).map(piece)]));
    assert.equal(twice.verify.code, 0, 'nothing is missing and nothing stands there twice');
    damaged(folder, 'two frames exchanged', Buffer.concat([head, ...frames.slice(0, 8).map(piece), piece(frames[9]), piece(frames[8]), ...frames.slice(10).map(piece)]));
    const more = damaged(folder, 'more behind the end', Buffer.concat([whole, Buffer.from('再来一点')]));
    assert.equal(more.verify.code, 0);
    const tampered = damaged(folder, 'a header that tells something else', withHeader(whole, { noted: false, audit_seq: 5 }));
    assert.match(tampered.strict.err, /密封的副本不符/);
    assert.equal(tampered.verify.code, 0, 'the sealed copy holds');
}));

// What names a record that was lost is kept, and told.
test('salvaged on postgresql', { skip: engines[1].skip }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-archive-'));
    const whole = readFileSync(data('archive-3.xuncha'));
    const unit = framesOf(whole).find((f) => f.subject === 'unit');
    const bytes = Buffer.from(whole);
    bytes[unit.end - 40] ^= 4;
    writeFileSync(join(folder, 'bad'), bytes);
    writeFileSync(join(folder, 'passphrase'), PASSPHRASE);
    const refused = await restored('postgresql', join(folder, 'bad'), null, ['--passphrase-file', join(folder, 'passphrase')]);
    assert.equal(refused.done.code, 13, refused.done.err);
    assert.match(refused.done.err, new RegExp(`第${unit.at}字节处（第${unit.no}帧，表 unit）`));
    const { city } = refused;
    try {
        assert.deepEqual(readdirSync(city.folder), []);
        assert.equal(psql(`SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'city'`, pg.replace(/\/[^/]*$/, '/' + city.database)), '0');
        const args = [...city.args, '--evidence', 'evidence', '--passphrase-file', join(folder, 'passphrase'), '--json', '--salvage'];
        const done = xuncha(['archive', 'read', ...args, join(folder, 'bad')], { cwd: city.folder });
        assert.equal(done.code, 1, done.err);
        assert.deepEqual(JSON.parse(done.out).lost.map((l) => [l.frame, l.offset, l.table]), [[unit.no, unit.at, 'unit']]);
        const report = verified(city);
        const kinds = new Set(report.list.map((f) => f.kind));
        assert.ok(['record', 'count', 'reference'].every((kind) => kinds.has(kind)), [...kinds].join());
        await served(city); // what is left can be looked at
    } finally {
        await city.close();
        rmSync(folder, { recursive: true });
    }
});

test('what this program cannot read', () => inFolder((folder) => {
    copyFileSync(data('archive-3.key'), join(folder, 'key'));
    chmodSync(join(folder, 'key'), 0o600);
    const whole = readFileSync(data('archive-3.xuncha'));
    const refused = (bytes, code, says, ...more) => {
        writeFileSync(join(folder, 'bad'), bytes);
        const done = xuncha(['archive', 'read', '--ledger', 'new', '--key', 'key', ...more, 'bad'], { cwd: folder });
        assert.equal(done.code, code, done.err);
        assert.match(done.err, says);
        assert.deepEqual(readdirSync(folder).sort(), ['bad', 'key']);
    };
    for (const more of [[], ['--salvage']]) {
        refused(withHeader(whole, { schema: 9000 }), 5, /结构版本是9000.*较新的程序/, ...more);
        const text = `xuncha archive 7\n${JSON.stringify({ format: 7 })}\n`;
        refused(Buffer.from(`${text}sm3 ${createHash('sm3').update(text).digest('hex')}\n`), 5, /格式是7.*较新的程序/, ...more);
        refused(noise(100000, 'no archive'), 2, /不是归档/, ...more);
        refused(Buffer.alloc(0), 2, /不是归档/, ...more);
    }
    assert.equal(xuncha(['archive', 'check', '--key', 'key', 'none'], { cwd: folder }).code, 4);
    assert.ok(existsSync(join(folder, 'bad')));
}));
