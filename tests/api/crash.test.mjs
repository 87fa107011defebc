// SIGKILL in the middle of writing, many times over: what was acknowledged is there, and the ledger is sound.
// SIGTERM at any moment ends a server in peace.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forEachEngine } from './lib.mjs';

const program = new URL('../../build/xuncha', import.meta.url).pathname;
const pg = process.env.XUNCHA_TEST_PG;
const kills = 50;
const clients = 4;

function run(...args) {
    const done = spawnSync(program, args, { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr + done.stdout);
    return done.stdout;
}

async function serve(args) {
    const server = spawn(program, ['serve', ...args, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const url = await new Promise((resolve, reject) => {
        server.stdout.on('data', (d) => {
            const found = String(d).match(/http:\/\/\S+/);
            if (found) resolve(found[0]);
        });
        server.on('exit', () => reject(new Error('the server did not start')));
    });
    return { server, url };
}

async function request(url, session, method, path, body, more = {}) {
    const headers = { 'content-type': 'application/json', ...more };
    if (session) Object.assign(headers, { cookie: session.cookie, 'x-csrf-token': session.csrf });
    const response = await fetch(`${url}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { status: response.status, json: await response.json(), cookie: response.headers.get('set-cookie')?.split(';')[0] };
}

for (const engine of ['sqlite', 'postgresql']) {
    test(`killed ${kills} times on ${engine}`, { skip: engine === 'postgresql' && !pg ? 'XUNCHA_TEST_PG is not set' : false, timeout: 300000 }, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'xuncha-crash-'));
        const where = engine === 'sqlite' ? join(folder, 'city.ledger') : `${pg}?options=-csearch_path%3Dcrash_${process.pid}`;
        const args = ['--ledger', where, '--key', join(folder, 'key')];
        run('migrate', ...args, '--evidence', join(folder, 'evidence'));
        const password = run('user', 'add', ...args, '--name', '甲', '--role', 'office', 'office').match(/：(\S+)（/)[1];
        let running = await serve(args);
        try {
            let session = await request(running.url, null, 'POST', 'session', { login: 'office', password });
            session = { cookie: session.cookie, csrf: session.json.csrf };
            assert.equal((await request(running.url, session, 'POST', 'session/password', { old: password, password: 'Xuncha-2021-x' })).status, 200);
            const organiser = (await request(running.url, session, 'POST', 'organisers', { name: '示例市委巡察办' })).json.id;

            const acknowledged = [];
            let sent = 0;
            for (let kill = 0; kill < kills; kill++) {
                let alive = true;
                const client = async () => {
                    while (alive) {
                        const title = `第${++sent}次会议`;
                        try {
                            const answer = await request(running.url, session, 'POST', 'meetings', { organiser, kind: 'other', body: 'office', maker: '甲', held_on: '2021-01-01', title });
                            if (answer.status === 201) acknowledged.push([answer.json.id, title]);
                            else assert.ok([503, 500].includes(answer.status), JSON.stringify(answer.json));
                        } catch (error) {
                            if (error instanceof assert.AssertionError) throw error;
                            return; // the connection is gone: nothing was promised
                        }
                    }
                };
                const before = acknowledged.length;
                const work = Array.from({ length: clients }, client);
                await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 60));
                for (let waited = 0; acknowledged.length === before && waited < 400; waited++) await new Promise((resolve) => setTimeout(resolve, 5)); // on a busy machine
                running.server.kill('SIGKILL');
                await new Promise((resolve) => running.server.once('exit', resolve));
                alive = false;
                await Promise.all(work);
                running = await serve(args);
            }

            assert.ok(acknowledged.length > kills, `only ${acknowledged.length} acknowledged`);
            const there = new Map();
            for (let after = ''; ; ) {
                const page = (await request(running.url, session, 'GET', `meetings?limit=200&sort=id${after && '&after=' + after}`)).json;
                for (const item of page.items) there.set(item.id, item.title);
                if (!page.next) break;
                after = page.next;
            }
            for (const [id, title] of acknowledged) assert.equal(there.get(id), title, 'an acknowledged record is lost');
            assert.ok(there.size <= sent);
            running.server.kill('SIGTERM');
            await new Promise((resolve) => running.server.once('exit', resolve));
            run('verify', ...args);
        } finally {
            running.server.kill('SIGKILL'); // gone already, unless something failed
            if (engine === 'postgresql') spawnSync('psql', ['-q', '-d', pg, '-c', `DROP SCHEMA crash_${process.pid} CASCADE`]);
            rmSync(folder, { recursive: true });
        }
    });
}

// One thread waits for the signal; a thread that would take it instead would end the program in the middle of its work.
forEachEngine('only one thread takes SIGTERM', (t, city) => {
    const SIGTERM = 1n << 14n;
    const threads = readdirSync(`/proc/${city.server.pid}/task`).filter((id) => Number(id) !== city.server.pid);
    assert.ok(threads.length > 2);
    for (const id of threads) {
        const status = readFileSync(`/proc/${city.server.pid}/task/${id}/status`, 'utf8');
        assert.ok(BigInt(`0x${status.match(/^SigBlk:\s*(\S+)/m)[1]}`) & SIGTERM, status.match(/^Name:\s*(\S+)/m)[1]);
    }
});
