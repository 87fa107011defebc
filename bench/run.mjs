// Ratios from one run on one machine: the program against the bare library, against single commits, against itself on a
// larger ledger. Every pair is measured in turn, ROUNDS times; medians are printed with their spread. CPU is the server's
// own, without the load generator's. No figure here is asserted anywhere.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const build = new URL('../build/', import.meta.url).pathname;
const program = join(build, 'xuncha');
const tool = (name) => join(build, 'bench', name);
const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = process.env.SECONDS ?? '2';
const sheetRows = { import: Number(process.env.IMPORT_ROWS ?? 100000), export: Number(process.env.EXPORT_ROWS ?? 100000) };
const sizes = { small: Number(process.env.SMALL ?? 4000), large: Number(process.env.LARGE ?? 400000), late: Number(process.env.LATE ?? 100000), export: sheetRows.export };
const folder = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'xuncha-bench-'));
const THREADS = String(Math.max(1, availableParallelism() - 1)); // the load has a processor of its own

const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rows = [];

function say(what, values, aim, digits = 2) {
    const spread = `${Math.min(...values).toFixed(digits)} – ${Math.max(...values).toFixed(digits)}`;
    rows.push([what, median(values).toFixed(digits), spread, aim]);
    console.log(`  ${what}: ${median(values).toFixed(digits)} (${spread})${aim ? `, aim ${aim}` : ''}`);
}

// --- servers --------------------------------------------------------------------------------------------------------

async function started(command, args, pattern) {
    const began = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise((resolve, reject) => {
        let said = '';
        child.stdout.on('data', (d) => {
            said += d;
            const found = said.match(pattern);
            if (found) resolve(found[1]);
        });
        child.on('exit', (code, signal) => reject(new Error(`${command} ended: ${code ?? signal}`)));
    });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    return { pid: child.pid, port, ms: performance.now() - began, stop: () => (child.kill('SIGTERM'), ended) };
}
const serve = (ledger) => started(program, ['serve', '--ledger', ledger, '--listen', '127.0.0.1:0', '--threads', THREADS], /http:\/\/[^:]+:(\d+)/);
const bare = (file) => started(tool('bare'), [THREADS, file], /(\d+)\n/);

// The server's CPU in µs, all its threads.
function cpu(pid) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10000;
}
const peakMiB = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]) / 1024;

function load(server, connections, plan, forSeconds = seconds) {
    const before = cpu(server.pid);
    const [answers, others, bytes, took, p50, p99] = run(tool('load'), server.port, String(connections), String(forSeconds), plan).trim().split(' ').map(Number);
    if (others) throw new Error(`${others} of ${answers} answers to ${plan} were refusals`);
    return { cpu: (cpu(server.pid) - before) / answers, rate: answers / took, bytes: bytes / answers, p50, p99 };
}

async function sample(server, plan, file) {
    const [, path, cookie] = readFileSync(plan, 'utf8').split('\n', 1)[0].split('\t');
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { cookie: `xuncha=${cookie}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
}

// --- ledgers ---------------------------------------------------------------------------------------------------------

function fill(name) {
    const began = performance.now();
    const ledger = join(folder, `${name}.ledger`);
    run(tool('fill'), ledger, String(sizes[name]), join(folder, name));
    run(program, 'reindex', '--ledger', ledger); // or a server would do it while it is measured
    console.log(`${name} ledger: ${sizes[name]} findings, ${(statSync(ledger).size / 1048576).toFixed(0)} MiB, filled in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return ledger;
}

// --- measurements ----------------------------------------------------------------------------------------------------

async function reads(ledger) {
    const server = await serve(ledger);
    const ratios = { show: [], plain: [], list: [] };
    const us = { show: [], plain: [], list: [] };
    const against = {};
    for (const kind of Object.keys(ratios)) {
        await sample(server, join(folder, `small.${kind}`), join(folder, kind));
        against[kind] = await bare(join(folder, kind));
    }
    for (let i = 0; i < rounds; i++)
        for (const kind of Object.keys(ratios)) {
            const plan = join(folder, `small.${kind}`);
            const ours = load(server, 16, plan), theirs = load(against[kind], 16, plan);
            ratios[kind].push(ours.cpu / theirs.cpu);
            us[kind].push(ours.cpu);
        }
    console.log('reads against the bare library answering the same bytes, CPU:');
    say('one record by id', ratios.show, '≤ 2.5');
    say('list page of 50', ratios.plain, '≤ 6');
    say('list page of 50, conditions and orders mixed', ratios.list, '');
    say('one record by id, µs', us.show, '', 1);
    say('list page of 50, µs', us.plain, '', 1);
    for (const other of Object.values(against)) await other.stop();
    await server.stop();
}

async function sizesOfLedger(small, large) {
    const servers = { small: await serve(small), large: await serve(large) };
    const ratios = { show: [], plain: [], list: [], board: [] };
    const boardUs = [];
    for (let i = 0; i < rounds; i++)
        for (const kind of Object.keys(ratios)) {
            const [s, l] = ['small', 'large'].map((name) => load(servers[name], 16, join(folder, `${name}.${kind}`)));
            ratios[kind].push(l.cpu / s.cpu);
            if (kind === 'board') boardUs.push(l.cpu / 1000);
        }
    console.log(`at ${sizes.large} findings against ${sizes.small}, CPU:`);
    say('list page of 50', ratios.plain, '≤ 1.5');
    say('list page of 50, conditions and orders mixed', ratios.list, '');
    say('one record by id', ratios.show, '');
    say('dashboard of the office', ratios.board, '≤ 2');
    say('dashboard of the office, on the large ledger, ms of CPU', boardUs, '', 1);
    say('peak memory of the large ledger\'s server, MiB', [peakMiB(servers.large.pid)], '', 0);
    await servers.small.stop();
    await servers.large.stop();
}

async function writes() {
    const many = [], one = [], batch = [];
    for (let i = 0; i < rounds; i++) {
        const ledger = join(folder, 'write.ledger');
        for (const suffix of ['', '.key']) run('cp', join(folder, 'small.ledger' + suffix), ledger + suffix);
        const [commits, took] = run(tool('single'), ledger, seconds).trim().split(' ').map(Number);
        run('sh', '-c', `rm -rf ${ledger}*; cp ${join(folder, 'small.ledger')} ${ledger}; cp ${join(folder, 'small.ledger.key')} ${ledger}.key`);
        const server = await serve(ledger);
        const crowd = load(server, 64, join(folder, 'small.write')), alone = load(server, 1, join(folder, 'small.write'));
        await server.stop();
        run('sh', '-c', `rm -rf ${ledger}*`);
        many.push(crowd.rate / (commits / took));
        one.push(commits / took / alone.rate);
        batch.push(crowd.rate);
    }
    console.log('durable writes, audit on, against the same rows committed singly:');
    say('64 clients, requests per single commit', many, '≥ 2');
    say('one client, time per single commit', one, '≤ 1.5');
    say('64 clients, requests a second', batch, '', 0);
}

// --- workbooks ------------------------------------------------------------------------------------------------------

// Requests of the office: the session of the first line of a plan.
function office(server, name) {
    const [, , cookie, csrf] = readFileSync(join(folder, `${name}.write`), 'utf8').split('\n', 1)[0].split('\t');
    return async (method, path, body, ifMatch) => {
        const headers = { cookie: `xuncha=${cookie}`, 'x-csrf-token': csrf, ...(ifMatch && { 'if-match': `"${ifMatch}"` }) };
        const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/${path}`, { method, headers, body: bytes });
        const bytesBack = Buffer.from(await answer.arrayBuffer());
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${bytesBack}`);
        return answer.headers.get('content-type').startsWith('application/json') ? JSON.parse(bytesBack) : bytesBack;
    };
}

// Asks for a list page 20 times a second, as one person would at most, until told to stop; gives the 95th percentile.
async function listing(ask, until) {
    const ms = [];
    while (!until.done) {
        const began = performance.now();
        await ask('GET', 'findings?limit=50');
        ms.push(performance.now() - began);
        await sleep(50);
    }
    return ms.sort((a, b) => a - b)[Math.floor(ms.length * 0.95)];
}
async function listingFor(ask, work) {
    const until = { done: false };
    const [p95] = await Promise.all([listing(ask, until), work().finally(() => (until.done = true))]);
    return p95;
}

async function prepareImport(ask, bytes) {
    const organiser = (await ask('GET', 'organisers')).items[0].id;
    const made = await ask('POST', 'imports', { organiser, subject: 'trainings', file_name: 'bench.xlsx' });
    const upload = await ask('POST', 'uploads', { size: bytes.length, organiser });
    for (let at = 0; at < bytes.length; at += upload.chunk)
        await ask('PUT', `uploads/${upload.id}?offset=${at}`, bytes.subarray(at, at + upload.chunk));
    await ask('POST', 'attachments', { subject: 'imports', record: made.id, evidence: upload.id, name: 'bench.xlsx', kind: 'copy' });
    return made.id;
}
// One move of an import and its work in the background: seconds.
async function importMove(ask, id, action, body, state) {
    const began = performance.now();
    await ask('POST', `imports/${id}/${action}`, body, (await ask('GET', `imports/${id}`)).version);
    for (;;) {
        const now = await ask('GET', `imports/${id}`);
        const took = (performance.now() - began) / 1000;
        if (now.state === state && now.inserted === sheetRows.import) return took;
        if (!['checking', 'running'].includes(now.state) || now.state === state) throw new Error(`import: ${JSON.stringify(now)}`);
        await sleep(100);
    }
}

/** One import of the book into a copy of the small ledger: `moves` are [action, state it ends in]; seconds of each, CPU, memory, the list page meanwhile. */
async function importOnce(book, moves) {
    const ledger = join(folder, 'import.ledger');
    for (const suffix of ['', '.key']) run('cp', join(folder, 'small.ledger' + suffix), ledger + suffix);
    const server = await serve(ledger);
    const ask = office(server, 'small');
    const id = await prepareImport(ask, readFileSync(book));
    const idle = await listingFor(ask, () => sleep(Number(seconds) * 1000));
    const before = cpu(server.pid), took = [];
    const busy = await listingFor(ask, async () => {
        for (const [action, state] of moves) took.push(await importMove(ask, id, action, {}, state));
    });
    const one = { took, whole: took.reduce((a, b) => a + b), cpu: (cpu(server.pid) - before) / 1e6, memory: peakMiB(server.pid), p95: busy / idle };
    await server.stop();
    run('sh', '-c', `rm -rf ${ledger}*`);
    return one;
}

async function imports() {
    const direct = { ratio: [], cpu: [], seconds: [], memory: [], p95: [] }, checked = { ratio: [], check: [], run: [] };
    const book = join(folder, 'import.xlsx'), bareTable = join(folder, 'bare.db');
    run(tool('sheets'), 'make', String(sheetRows.import), book);
    for (let i = 0; i < rounds; i++) {
        const [base, baseCpu] = run(tool('sheets'), 'load', book, bareTable).trim().split(' ').map(Number);
        run('sh', '-c', `rm -rf ${bareTable}*`);
        const once = await importOnce(book, [['run', 'done']]);
        direct.ratio.push(once.whole / base);
        direct.cpu.push(once.cpu / baseCpu);
        direct.seconds.push(once.whole);
        direct.memory.push(once.memory);
        direct.p95.push(once.p95);
        const twice = await importOnce(book, [['check', 'ready'], ['run', 'done']]);
        checked.ratio.push(twice.whole / base);
        checked.check.push(twice.took[0]);
        checked.run.push(twice.took[1]);
    }
    console.log(`a workbook of ${sheetRows.import} rows, imported in the background:`);
    say('import, entered at once, against bare reading and durable inserts', direct.ratio, '≤ 3');
    say('the same, CPU', direct.cpu, '');
    say('the same, s', direct.seconds, '', 1);
    say('the same, peak memory of the server, MiB', direct.memory, '< 300', 0);
    say('the same, list page of 50 meanwhile, p95 against idle', direct.p95, '≤ 2');
    say('import, looked at first, then run, against bare reading and durable inserts', checked.ratio, '');
    say('the same, the check, s', checked.check, '', 1);
    say('the same, the run, s', checked.run, '', 1);
}

async function exports(ledger) {
    const ratios = [], took = [];
    const book = join(folder, 'export.xlsx');
    const server = await serve(ledger);
    const ask = office(server, 'export');
    for (let i = 0; i < rounds; i++) {
        const began = performance.now();
        writeFileSync(book, await ask('GET', 'findings/export?format=xlsx'));
        took.push((performance.now() - began) / 1000);
        ratios.push(took[i] / Number(run(tool('sheets'), 'write', book, join(folder, 'bare.xlsx'))));
    }
    console.log(`a list of ${sheetRows.export} findings as a workbook:`);
    say('export, against the bare library writing the same cells', ratios, '≤ 2');
    say('export, s', took, '', 1);
    say('export, peak memory of the server, MiB', [peakMiB(server.pid)], '', 0);
    await server.stop();
}

// --- the search ------------------------------------------------------------------------------------------------------

// The same words asked of the program and of the bare index in turn, one thread (bench/search.c). `where`: a file, or a
// PostgreSQL place.
function searches(engine, where, findings) {
    const ratios = { office: [], unit: [] }, numbers = { office: [], unit: [] }, frequent = { office: [], unit: [] }, p95 = { office: [], unit: [] };
    const there = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', cwd: folder }); // where keys lie
    there(tool('fill'), where, String(findings), join(folder, 'search'));
    const began = performance.now();
    there(program, 'reindex', '--ledger', where);
    const perSecond = (2 * findings) / ((performance.now() - began) / 1000);
    for (let i = 0; i < rounds; i++)
        for (const line of there(tool('search'), where, String(findings), String(4 * Number(seconds))).trim().split('\n')) {
            const [who, ...us] = line.split(' ');
            const [, ours, , bareOnes, , rows, , oursFrequent, , bareFrequent] = us.map(Number);
            ratios[who].push(ours / bareOnes);
            numbers[who].push(ours / rows);
            frequent[who].push(oursFrequent / bareFrequent);
            p95[who].push(ours);
        }
    const at = `${findings} findings, ${engine}`;
    console.log(`search at ${at}, 95th percentile, one word in ten frequent, against a bare query of the same tokens:`);
    for (const who of ['office', 'unit']) {
        say(`search by ${who}, ${at}`, ratios[who], '≤ 3');
        say(`the same, frequent words alone`, frequent[who], '');
        say(`the same as the first, against row numbers alone`, numbers[who], '');
        say(`search by ${who}, ${at}, µs`, p95[who], '', 0);
    }
    say(`records indexed a second, ${at}`, [perSecond], '', 0);
}

function search() {
    for (const findings of (process.env.SEARCH ?? '100000').split(',').map(Number)) {
        const ledger = join(folder, 'search.ledger');
        run('sh', '-c', `rm -rf ${ledger}*`);
        searches('SQLite', ledger, findings);
    }
    if (process.env.XUNCHA_TEST_PG) searches('PostgreSQL', `${process.env.XUNCHA_TEST_PG}?options=-csearch_path%3Dbench`, Number(process.env.SEARCH_PG ?? 100000));
}

// The figure checker against bare UTF-8 decoding of the same text, at two lengths. Most of a report is no figure: the
// corpus, one figure in every 16 bytes, lies between pages of plain prose, so that one comes in every 150; by itself it is
// the densest text there is.
async function checks() {
    const root = new URL('../', import.meta.url).pathname;
    const passages = readFileSync(join(root, 'tests/check/prose-dev.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text);
    const plain = readFileSync(join(root, 'docs/guide.zh-CN.md'), 'utf8').split('\n').filter((line) => /[一-鿿]{8}/.test(line)).map((line) => line.replace(/[0-9`|*#!\[\]]/g, ''));
    const report = join(folder, 'report.txt'), dense = join(folder, 'dense.txt');
    writeFileSync(report, passages.map((p, i) => [p, ...Array.from({ length: 9 }, (_, k) => plain[(i * 9 + k) % plain.length])].join('\n')).join('\n'));
    writeFileSync(dense, passages.join('\n'));
    const figures = {};
    for (let i = 0; i < rounds; i++)
        for (const [name, file, times] of [['report', report, 4], ['long', report, 32], ['dense', dense, 20]]) {
            const [bytes, decoded, checked] = run(tool('check'), file, String(times)).trim().split(' ').map(Number);
            (figures[name] ??= []).push({ ratio: checked / decoded, perByte: (checked * 1e9) / bytes, bytes });
        }
    const mega = (name) => (figures[name][0].bytes / 1e6).toFixed(1);
    console.log('figures of a text, checked:');
    say(`checking ${mega('report')} MB of report, against decoding its UTF-8`, figures.report.map((f) => f.ratio), '≤ 20', 1);
    say(`checking ${mega('long')} MB, time per byte against that`, figures.long.map((f, i) => f.perByte / figures.report[i].perByte), '1', 2);
    say('checking nothing but figures, against decoding', figures.dense.map((f) => f.ratio), '', 1);
}

// A Word template against the bare libraries on the file that comes of it: unpacked, parsed, packed again.
async function papers() {
    const ratios = [], ms = [];
    const findings = 300, times = 20;
    for (let i = 0; i < rounds; i++) {
        const [ours, theirs] = run(tool('template'), join(build, 'templates', 'problem_list.docx'), String(findings), String(times)).trim().split(' ').map(Number);
        ratios.push(ours / theirs);
        ms.push((ours * 1000) / times);
    }
    console.log('papers:');
    say(`a list of ${findings} findings filled, against unpacking, parsing and packing it`, ratios, '≤ 4');
    say('the same, ms', ms, '', 1);
}

// The daily run over the deadlines as a whole process: the first one drafts, the second finds nothing to do. Against them:
// the rows of its letters copied into plain tables, 20 letters to a durable transaction; the bare question for what is late.
async function deadlines(ledger) {
    const day = '2022-12-01';
    const late = `state IN ('pending','ongoing','basic','long_term','rebound') AND due_on <= '${day}'`;
    const timed = (command, ...args) => {
        const began = performance.now();
        const said = run(command, ...args);
        return { ms: performance.now() - began, said };
    };
    const figures = { drafting: [], perItem: [], idle: [], idleMs: [] };
    let tally;
    for (let i = 0; i < rounds; i++) {
        const copy = join(folder, 'copy.ledger');
        rmSync(copy + '-wal', { force: true });
        run('sqlite3', ledger, 'PRAGMA wal_checkpoint(TRUNCATE)');
        for (const end of ['', '.key']) run('cp', ledger + end, copy + end);
        const first = timed(program, 'escalate', '--ledger', copy, '--today', day, '--json');
        tally = JSON.parse(first.said);
        const again = timed(program, 'escalate', '--ledger', copy, '--today', day, '--json');
        if (JSON.parse(again.said).records) throw new Error('the second run found something to do');
        const letters = run('sqlite3', copy, 'SELECT id FROM letter WHERE step IS NOT NULL ORDER BY id').trim().split('\n');
        let script = 'PRAGMA synchronous=FULL; CREATE TABLE bare_letter AS SELECT * FROM letter WHERE 0; CREATE TABLE bare_item AS SELECT * FROM letter_item WHERE 0;';
        for (let at = 0; at < letters.length; at += 20) {
            const range = `BETWEEN '${letters[at]}' AND '${letters[Math.min(at + 19, letters.length - 1)]}'`;
            script += `BEGIN; INSERT INTO bare_letter SELECT * FROM letter WHERE id ${range}; INSERT INTO bare_item SELECT * FROM letter_item WHERE letter ${range}; COMMIT;`;
        }
        const began = performance.now();
        execFileSync('sqlite3', [copy], { input: script });
        const bareDrafting = performance.now() - began;
        const asked = timed('sqlite3', copy, `SELECT COUNT(*), COUNT(DISTINCT inspection) FROM rectification WHERE ${late}`);
        figures.drafting.push(first.ms / bareDrafting);
        figures.perItem.push((first.ms * 1000) / tally.records);
        figures.idle.push(again.ms / asked.ms);
        figures.idleMs.push(again.ms);
    }
    console.log(`the daily run over ${sizes.late} items, ${tally.letters} letters drafted:`);
    say('drafting, against copying the same rows into plain tables', figures.drafting, '', 1);
    say('the same, µs a record', figures.perItem, '', 0);
    say('the second run, against the bare question for what is late', figures.idle, '', 1);
    say('the same, ms', figures.idleMs, '', 0);
}

async function starts(ledger) {
    const ms = [];
    let memory;
    for (let i = 0; i < rounds; i++) {
        const server = await serve(ledger);
        ms.push(server.ms);
        memory = peakMiB(server.pid);
        await server.stop();
    }
    console.log('the program itself:');
    say('start to listening, ms', ms, '', 0);
    say('memory after the start, MiB', [memory], '', 1);
    say('size with its pages, MiB', [statSync(program).size / 1048576], '', 1);
}

const parts = {
    reads: () => reads(join(folder, 'small.ledger')),
    sizes: () => sizesOfLedger(join(folder, 'small.ledger'), fill('large')),
    writes,
    imports,
    exports: () => exports(fill('export')),
    search,
    checks,
    papers,
    deadlines: () => deadlines(fill('late')),
    starts: () => starts(join(folder, 'small.ledger')),
};

try {
    fill('small');
    for (const part of (process.env.PARTS ?? Object.keys(parts).join(',')).split(',')) await parts[part]();
    console.log('\n| what | median | spread | aim |\n|---|---|---|---|');
    for (const row of rows) console.log(`| ${row.join(' | ')} |`);
} finally {
    rmSync(folder, { recursive: true, force: true });
}
