// The real program on either engine, in a folder of its own, and the people who use it over HTTP.
import test from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const program = new URL('../../build/xuncha', import.meta.url).pathname;
export const pg = process.env.XUNCHA_TEST_PG;
export const PASSWORD = 'Xuncha-2021-示';
export const NOBODY = '01arz3ndektsv4rrffq69g5fav'; // an id that no record has

export const engines = [
    { name: 'sqlite', skip: false },
    { name: 'postgresql', skip: pg ? false : 'XUNCHA_TEST_PG is not set' },
];

// One test an engine, with a demo city of its own that is gone afterwards. `fresh`: nobody has logged in yet.
// Without `fresh` everybody has changed the first password and has an open session.
export function forEachEngine(name, options, run) {
    if (typeof options === 'function') [options, run] = [{}, options];
    for (const engine of engines)
        test(`${name} on ${engine.name}`, { skip: engine.skip, timeout: 170000 }, async (t) => {
            const city = await openCity(engine.name, options);
            try {
                await run(t, city);
            } finally {
                await city.close();
            }
        });
}

export function xuncha(args, options = {}) {
    const done = spawnSync(program, args, { encoding: 'utf8', ...options });
    return { code: done.status, out: done.stdout, err: done.stderr };
}

export function made(args, options) {
    const done = xuncha(args, options);
    assert.equal(done.code, 0, done.err + done.out);
    return done;
}

export function psql(sql, database = pg) {
    const done = spawnSync('psql', ['-qAt', '-v', 'ON_ERROR_STOP=1', '-d', database], { input: sql, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.trim();
}

// --- the ledger ---------------------------------------------------------------------------------------------------

const databaseOf = (name) => pg.replace(/\/[^/]*$/, '/' + name);
const SCHEMA = 'city';

// All paths but that of the database are relative to the folder, so that a copy of the folder is a ledger too.
function ledgerArgs(engine, database) {
    return engine === 'sqlite' ? ['--ledger', 'city.ledger'] : ['--ledger', `${databaseOf(database)}?options=-csearch_path%3D${SCHEMA}`, '--key', 'city.key'];
}

const accountsOf = (text) => Object.fromEntries([...text.matchAll(/^ {2}(\S+) +(\S{12,}) /gm)].map(([, login, password]) => [login, password]));

function alive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

// A demo city made once for all test files: they run at the same time, and the first to come makes it.
async function prepared(engine, kind, make) {
    const about = statSync(program, { bigint: true });
    const mark = createHash('sha256').update(`${about.mtimeNs} ${about.size} ${engine === 'sqlite' ? '' : pg}`).digest('hex').slice(0, 12);
    const root = new URL('../../build/tests-api/', import.meta.url).pathname;
    const folder = join(root, `${kind}-${mark}`);
    const lock = folder + '.lock';
    const fresh = () => existsSync(join(folder, 'ready')) && Date.now() - statSync(join(folder, 'ready')).mtimeMs < 6 * 3600e3 &&
        (engine === 'sqlite' || psql(`SELECT COUNT(*) FROM pg_database WHERE datname = '${kind}_${mark}'`) === '1');
    mkdirSync(root, { recursive: true });
    for (;;) {
        if (existsSync(folder) && fresh()) return { folder, database: `${kind}_${mark}`, ...JSON.parse(readFileSync(join(folder, 'ready'), 'utf8')) };
        try {
            closeSync(openSync(lock, 'wx'));
            writeFileSync(lock, String(process.pid));
            break;
        } catch (error) {
            if (error.code !== 'EEXIST') throw error;
            const owner = Number(readFileSync(lock, 'utf8'));
            if (owner && !alive(owner)) rmSync(lock, { force: true });
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }
    try {
        if (!fresh()) {
            for (const old of readdirSync(root)) // of programs that are no more
                if (old.startsWith(kind + '-') && !old.includes(mark)) rmSync(join(root, old), { recursive: true, force: true });
            rmSync(folder, { recursive: true, force: true });
            mkdirSync(folder);
            writeFileSync(join(folder, 'ready.new'), JSON.stringify(await make(folder, `${kind}_${mark}`)));
            writeFileSync(join(folder, 'ready'), readFileSync(join(folder, 'ready.new')));
        }
        return { folder, database: `${kind}_${mark}`, ...JSON.parse(readFileSync(join(folder, 'ready'), 'utf8')) };
    } finally {
        rmSync(lock, { force: true });
    }
}

function preparedFresh(engine) {
    return prepared(engine, `fresh_${engine}`, async (folder, database) => {
        if (engine !== 'sqlite') psql(`DROP DATABASE IF EXISTS ${database}`), psql(`CREATE DATABASE ${database}`);
        const done = made(['demo', '--small', ...ledgerArgs(engine, database), '--evidence', 'evidence'], { cwd: folder });
        if (engine === 'sqlite') fold(folder);
        return { accounts: accountsOf(done.out) };
    });
}

// The log of a SQLite ledger goes into its file, so that a copy is quick.
function fold(folder) {
    const done = spawnSync('sqlite3', [join(folder, 'city.ledger'), 'PRAGMA wal_checkpoint(TRUNCATE)'], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
}

function preparedReady(engine) {
    return prepared(engine, `ready_${engine}`, async (folder, database) => {
        const from = await preparedFresh(engine);
        if (engine !== 'sqlite') psql(`DROP DATABASE IF EXISTS ${database}`), psql(`CREATE DATABASE ${database} TEMPLATE ${from.database}`);
        copyFolder(from.folder, folder);
        const city = new City(engine, folder, database, from.accounts, {});
        const sessions = {};
        try {
            await city.start();
            await Promise.all(Object.entries(from.accounts).map(async ([login, password]) => {
                const who = new Client(city);
                await who.login(login, password);
                await who.changePassword(password, PASSWORD);
                sessions[login] = { cookie: who.cookie, csrf: who.csrf };
            }));
        } finally {
            await city.stop();
        }
        if (engine === 'sqlite') fold(folder);
        return { accounts: from.accounts, sessions };
    });
}

function copyFolder(from, to) {
    for (const name of readdirSync(from))
        if (!name.startsWith('ready') && !name.startsWith('log') && !name.endsWith('.lock')) cpSync(join(from, name), join(to, name), { recursive: true });
}

let cities = 0;
export async function openCity(engine, { fresh = false, serve = [], started = true } = {}) {
    const from = await (fresh ? preparedFresh(engine) : preparedReady(engine));
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-api-'));
    const database = `api_${process.pid}_${++cities}`;
    copyFolder(from.folder, folder);
    if (engine !== 'sqlite') copyDatabase(from.database, database);
    const city = new City(engine, folder, database, from.accounts, from.sessions ?? {});
    try {
        if (started) await city.start(serve);
    } catch (error) {
        await city.close();
        throw error;
    }
    return city;
}

// A template that somebody else copies at this moment is refused: then once more.
function copyDatabase(from, to) {
    for (let tries = 0; ; tries++) {
        const done = spawnSync('psql', ['-qAt', '-v', 'ON_ERROR_STOP=1', '-d', pg, '-c', `CREATE DATABASE ${to} TEMPLATE ${from}`], { encoding: 'utf8' });
        if (done.status === 0) return;
        assert.ok(tries < 50 && /being accessed by other users/.test(done.stderr), done.stderr);
        spawnSync('sleep', ['0.1']);
    }
}

export class City {
    constructor(engine, folder, database, accounts, sessions) {
        Object.assign(this, { engine, folder, database, accounts, sessions });
        this.args = ledgerArgs(engine, database);
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
        this.starts = 0;
    }
    // The same ledger from the command line.
    run(command, ...more) {
        return xuncha([command, ...this.args, ...more], { cwd: this.folder });
    }
    async start(more = []) {
        const log = openSync(join(this.folder, `log${this.starts++}`), 'w');
        const server = spawn(program, ['serve', ...this.args, '--listen', '127.0.0.1:0', ...more], { cwd: this.folder, stdio: ['ignore', 'pipe', log] });
        closeSync(log);
        this.server = server;
        this.ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
        this.url = await new Promise((resolve, reject) => {
            let said = '';
            server.stdout.on('data', (d) => {
                said += d;
                const found = said.match(/http:\/\/\S+/);
                if (found) resolve(found[0]);
            });
            this.ended.then(({ code }) => reject(new Error(`the server ended with ${code}: ${this.log()}`)));
        });
    }
    async stop() {
        if (!this.server) return;
        const server = this.server;
        this.server = null;
        this.agent.destroy();
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
        const late = setTimeout(() => server.kill('SIGKILL'), 20000);
        if (server.exitCode === null) server.kill('SIGTERM');
        const { code, signal } = await this.ended;
        clearTimeout(late);
        assert.deepEqual([code, signal], [0, null], `the server did not end in peace: ${this.log()}`);
    }
    async restart(more) {
        await this.stop();
        await this.start(more);
    }
    log() {
        return readFileSync(join(this.folder, `log${this.starts - 1}`), 'utf8');
    }
    // What the program itself calls broken: no test of a refusal may bring it about.
    broken() {
        return Array.from({ length: this.starts }, (_, i) => readFileSync(join(this.folder, `log${i}`), 'utf8')).join('').split('\n').filter((l) => /status=BROKEN|http=500/.test(l));
    }
    async close() {
        try {
            await this.stop();
            assert.deepEqual(this.broken(), [], 'the log tells of something broken');
        } finally {
            this.server?.kill('SIGKILL');
            this.agent.destroy();
            rmSync(this.folder, { recursive: true, force: true });
            if (this.engine !== 'sqlite') spawnSync('psql', ['-q', '-d', pg, '-c', `DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`]);
        }
    }
    // A person of the demo with an open session.
    as(login) {
        const who = new Client(this);
        assert.ok(this.sessions[login], `nobody has logged in as ${login}`);
        return Object.assign(who, { name: login }, this.sessions[login]);
    }
    async loggedIn(login, password = PASSWORD) {
        const who = new Client(this);
        await who.login(login, password);
        return who;
    }
    // A new account with its rights, made as in life: the office enters the person, one administrator makes the account,
    // another grants the role. The forced change of the password is done.
    async person(login, name, grant) {
        const person = await this.as('office').post('people', { name });
        const account = await this.as('sysadmin').post('accounts', { login, name, person: person.id });
        if (grant) await this.as('secadmin').post('assignments', { account: account.id, valid_from: '2021-01-01', valid_to: '2029-12-31', basis: '岗位分工', ...grant });
        const who = new Client(this);
        await who.login(login, account.first_password);
        await who.changePassword(account.first_password, PASSWORD);
        return Object.assign(who, { account, person });
    }
}

// --- a person at the API --------------------------------------------------------------------------------------------

export class Client {
    constructor(city) {
        this.city = city;
        this.name = 'nobody';
        this.cookie = null;
        this.csrf = null;
        this.lang = null;
    }
    // One request as it is: {status, headers, json, text, bytes}. `body` becomes JSON unless it is a Buffer or a string.
    request(method, path, { body, headers = {}, ifMatch, key, csrf = this.csrf, cookie = this.cookie } = {}) {
        const all = { ...headers };
        if (cookie) all.cookie = cookie;
        if (csrf && method !== 'GET') all['x-csrf-token'] = csrf;
        if (ifMatch !== undefined) all['if-match'] = typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch;
        if (key) all['idempotency-key'] = key;
        if (this.lang) all['accept-language'] = this.lang;
        let bytes = null;
        if (body !== undefined) bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
        if (bytes) all['content-length'] = bytes.length;
        const url = path.startsWith('/') ? path : `/api/v1/${path}`;
        return new Promise((resolve, reject) => {
            const request = http.request(this.city.url, { method, path: encodeURI(url).replace(/%25/g, '%'), headers: all, agent: this.city.agent }, (response) => {
                const parts = [];
                response.on('data', (d) => parts.push(d));
                response.on('error', reject);
                response.on('end', () => {
                    const whole = Buffer.concat(parts);
                    const answer = { method, path, status: response.statusCode, headers: response.headers, bytes: whole, text: whole.toString() };
                    if (/\bjson\b/.test(response.headers['content-type'] ?? '')) answer.json = whole.length ? JSON.parse(answer.text) : undefined;
                    resolve(answer);
                });
            });
            request.on('error', reject);
            request.end(bytes ?? undefined);
        });
    }
    async expect(status, method, path, options) {
        const answer = await this.request(method, path, options);
        assert.equal(answer.status, status, `${this.name}: ${method} ${path}: ${answer.status} ${answer.text.slice(0, 600)}`);
        if (status >= 400) checkProblem(answer);
        return answer;
    }
    async login(login, password) {
        const answer = await this.expect(200, 'POST', 'session', { body: { login, password } });
        this.keep(answer);
        this.name = login;
        return answer.json;
    }
    keep(answer) {
        this.cookie = answer.headers['set-cookie'][0].split(';')[0];
        this.csrf = answer.json.csrf;
    }
    async changePassword(old, password) {
        return (await this.expect(200, 'POST', 'session/password', { body: { old, password } })).json;
    }
    async get(path) {
        return (await this.expect(200, 'GET', path)).json;
    }
    async items(path) {
        return (await this.get(path)).items;
    }
    async one(path) {
        const items = await this.items(path);
        assert.ok(items.length, `${this.name}: nothing under ${path}`);
        return this.get(`${path.split('?')[0]}/${items[0].id}`);
    }
    async count(path) {
        const [entity, query] = path.split('?');
        return (await this.get(`${entity}/count${query ? '?' + query : ''}`)).count;
    }
    // Every row of a list, page by page.
    async all(path, limit = 200) {
        const rows = [];
        const join_ = path.includes('?') ? '&' : '?';
        for (let after = ''; after !== null;) {
            const page = await this.get(`${path}${join_}limit=${limit}${after && '&after=' + after}`);
            rows.push(...page.items);
            after = page.next;
        }
        return rows;
    }
    async post(path, body = {}, options = {}) {
        return (await this.expect(201, 'POST', path, { body, ...options })).json;
    }
    async version(path) {
        return (await this.get(path)).version;
    }
    async patch(entity, id, body, ifMatch) {
        return (await this.expect(200, 'PATCH', `${entity}/${id}`, { body, ifMatch: ifMatch ?? await this.version(`${entity}/${id}`) })).json;
    }
    async move(entity, id, action, body = {}, ifMatch) {
        return (await this.expect(200, 'POST', `${entity}/${id}/${action}`, { body, ifMatch: ifMatch ?? await this.version(`${entity}/${id}`) })).json;
    }
    // A refusal, as its problem document.
    async refused(status, method, path, options) {
        return (await this.expect(status, method, path, options)).json;
    }
    async moveRefused(status, entity, id, action, body = {}, ifMatch) {
        return this.refused(status, 'POST', `${entity}/${id}/${action}`, { body, ifMatch: ifMatch ?? await this.version(`${entity}/${id}`) });
    }
    // A file of these bytes as an upload: its id.
    async upload(bytes, target) {
        const begun = await this.post('uploads', { size: bytes.length, ...target });
        const done = await this.expect(200, 'PUT', `uploads/${begun.id}?offset=0`, { body: bytes });
        assert.equal(done.json.have, bytes.length);
        return begun.id;
    }
    async attach(entity, record, inspection, bytes, name = '材料.txt', more = {}) {
        const evidence = await this.upload(Buffer.from(bytes), { inspection });
        return this.post('attachments', { subject: entity, record, evidence, name, kind: 'copy', ...more });
    }
    async figure(id, query = '') {
        return (await this.get(`figures${query}`)).find((f) => f.id === id);
    }
}

// --- what every refusal says -------------------------------------------------------------------------------------------

const TITLES = { 400: 'MALFORMED', 401: 'NOBODY', 403: 'DENIED', 404: 'MISSING', 409: 'CONFLICT', 412: 'STALE', 413: 'TOO_BIG', 422: 'INVALID', 428: 'NEEDED', 429: 'LOCKED', 503: 'BUSY', 507: 'FULL' };
const CHINESE = /[\u4e00-\u9fff]/;

// A problem document (RFC 9457) in the language that was asked for; what is wrong with a field is told in four members.
export function checkProblem(answer) {
    const where = `${answer.method} ${answer.path}: ${answer.text.slice(0, 600)}`;
    assert.equal(answer.headers['content-type'], 'application/problem+json', where);
    const problem = answer.json;
    assert.equal(problem.type, 'about:blank', where);
    assert.equal(problem.status, answer.status, where);
    assert.equal(problem.title, TITLES[answer.status], where);
    assert.ok(problem.detail.length > 0, where);
    if (answer.status === 422) assert.ok(problem.errors?.length, `no field is named: ${where}`);
    for (const e of problem.errors ?? []) {
        assert.deepEqual(Object.keys(e).sort(), ['field', 'remedy', 'rule', 'value'], where);
        assert.ok(e.field && e.rule && e.remedy, where);
    }
    return problem;
}

export const inChinese = (problem) => CHINESE.test(problem.detail) && (problem.errors ?? []).every((e) => CHINESE.test(e.rule) && CHINESE.test(e.remedy));
export const inEnglish = (problem) => !CHINESE.test(problem.detail) && (problem.errors ?? []).every((e) => !CHINESE.test(e.rule) && !CHINESE.test(e.remedy.replace(/[“”]/g, '')));

// --- papers, as teams write them ------------------------------------------------------------------------------------------

// The demo's first team: its people by their ids, and an inspection of the round that is on site.
export async function liveTeam(city) {
    const head = city.as('head');
    const inspections = await head.items('inspections?state=on_site&sort=number');
    const people = Object.fromEntries((await city.as('office').all('members?round=' + inspections[0].round)).filter((m) => m.team === inspections[0].team).map((m) => [m.duty, m.person]));
    return { inspection: inspections[0], inspections, people };
}

export function paperText(inspection, people, more = {}) {
    return {
        inspection: inspection.id, title: '议事规则执行不严', category: 'T6.1', nature: 'general', manifestation: '三次会议未按规则表决。', basis: '《议事规则》第三条',
        qualification: '违反民主集中制', source: 'files', method: '调阅会议记录', responsible_body: inspection.unit_name, collector: people.liaison, checker: people.member, ...more,
    };
}

export const TEAM_ORDER = ['member1', 'member2', 'deputy', 'head'];

// A paper with its evidence, signed by as many of the four as asked for.
export async function writePaper(city, live, signatures = 4, more = {}) {
    const author = city.as('member1');
    const paper = await author.post('papers', paperText(live.inspection, live.people, more));
    await author.attach('papers', paper.id, live.inspection.id, `会议记录摘录 ${paper.id}`);
    for (const login of TEAM_ORDER.slice(0, signatures)) await city.as(login).move('papers', paper.id, 'sign', { opinion: '同意' });
    return author.get(`papers/${paper.id}`);
}
