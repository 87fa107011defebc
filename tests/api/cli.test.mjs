// The program at the command line: its exit codes, what it refuses and how it says so, and the figures other programs read.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD, Client, engines, forEachEngine, openCity, program, psql, xuncha } from './lib.mjs';

const CHINESE = /[\u4e00-\u9fff]/;
const READERS = ['figures', 'verify'];

// Runs and expects: the exit code, a message of one's own on stderr and nothing on stdout.
function fails(code, says, args, options) {
    const done = xuncha(args, { timeout: 20000, ...options });
    assert.equal(done.code, code, `${args.join(' ')}: ${done.out}${done.err}`);
    assert.match(done.err, /^xuncha: /);
    assert.match(done.err, says);
    assert.equal(done.out, '');
    return done.err;
}

function inFolder(run) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-cli-'));
    try {
        return run(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

test('commands and options that are none', () => {
    assert.equal(xuncha([]).code, 2);
    assert.equal(xuncha(['--help']).code, 0);
    const commands = [...xuncha(['--help']).out.matchAll(/^ {2}([a-z]+) /gm)].map((m) => m[1]);
    assert.deepEqual(commands.filter((c) => ['demo', 'serve', 'figures', 'verify', 'migrate', 'user', 'workflow'].includes(c)).length, 7);
    for (const command of commands) {
        const help = xuncha([command, '--help']);
        assert.equal(help.code, 0, command);
        assert.match(help.out, new RegExp(`xuncha ${command}`));
    }
    fails(2, /figrues/, ['figrues']);
    fails(2, /是否应为--ledger/, ['figures', '--leger', 'x']);
    fails(2, /--ledger/, ['figures']);
    fails(2, /2021-13-01/, ['figures', '--ledger', 'x', '--as-of', '2021-13-01']);
    fails(2, /here/, ['serve', '--ledger', 'x', '--listen', 'here']);
    fails(2, /add\|grant\|reset/, ['user', 'remove', 'office', '--ledger', 'x']);
});

test('messages come in the language of the place', () => {
    const english = xuncha(['figures', '--ledger', 'nowhere.ledger'], { env: { ...process.env, LC_ALL: 'en_US.UTF-8' } });
    assert.equal(english.code, 4);
    assert.doesNotMatch(english.err, CHINESE);
    const chinese = xuncha(['figures', '--ledger', 'nowhere.ledger'], { env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' } });
    assert.match(chinese.err, CHINESE);
});

test('no ledger where one is named', () => inFolder((folder) => {
    const notes = join(folder, 'notes.txt');
    writeFileSync(notes, '今天开会。\n'.repeat(100));
    const text = readFileSync(notes);
    for (const command of [...READERS, 'migrate', 'demo', 'serve']) fails(command === 'demo' ? 5 : 2, command === 'demo' ? /已经存在/ : /不是台账/, [command, '--ledger', notes]);
    assert.deepEqual(readFileSync(notes), text, 'a file that is no ledger is left as it was');
    for (const command of [...READERS, 'serve']) fails(4, /没有找到台账/, [command, '--ledger', join(folder, 'none.ledger')]);
    assert.ok(!existsSync(join(folder, 'none.ledger')), 'reading makes nothing');
    fails(2, /不是台账/, ['figures', '--ledger', folder]);
}));

test('the address that another server has', async () => {
    const city = await openCity('sqlite');
    const other = await openCity('sqlite', { started: false });
    try {
        const done = spawnSync(program, ['serve', ...other.args, '--listen', city.url.replace('http://', '')], { cwd: other.folder, encoding: 'utf8', timeout: 20000 });
        assert.equal(done.status, 10, done.stderr);
        assert.match(done.stderr, /端口/);
    } finally {
        await city.close();
        await other.close();
    }
});

for (const engine of engines)
    test(`a ledger of a later version on ${engine.name}`, { skip: engine.skip }, async () => {
        const city = await openCity(engine.name, { started: false });
        const sql = (text) => engine.name === 'sqlite' ? spawnSync('sqlite3', [join(city.folder, 'city.ledger'), text], { encoding: 'utf8' }).stdout.trim()
            : psql(`SET search_path TO city; ${text}`, city.args[1].split('?')[0]);
        try {
            const rows = sql('SELECT COUNT(*) FROM audit');
            sql("INSERT INTO schema_version (number, name, digest, applied_at) VALUES (99, 'later', 'x', '2030-01-01T00:00:00.000000Z')");
            for (const command of [...READERS, 'migrate', 'serve']) fails(5, /99.*升级程序/, [command, ...city.args], { cwd: city.folder });
            fails(5, /99/, ['user', 'reset', 'office', ...city.args], { cwd: city.folder });
            sql('DELETE FROM schema_version WHERE number = 99');
            assert.equal(sql('SELECT COUNT(*) FROM audit'), rows, 'nothing was written');
            sql('DELETE FROM schema_version WHERE number = (SELECT MAX(number) FROM schema_version)');
            fails(5, /xuncha migrate/, ['figures', ...city.args], { cwd: city.folder });
        } finally {
            await city.close();
        }
    });

test('a folder that may only be read', async () => {
    const city = await openCity('sqlite', { started: false });
    try {
        const owner = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
        if (owner.uid) {
            chmodSync(city.folder, 0o755);
            for (const name of readdirSync(city.folder)) chownSync(join(city.folder, name), owner.uid, owner.gid);
        }
        rmSync(join(city.folder, 'city.ledger.lock'), { force: true });
        chmodSync(city.folder, 0o555);
        fails(3, /只读.*可写/, ['serve', ...city.args, '--listen', '127.0.0.1:0'], { cwd: city.folder, ...owner });
        fails(3, /只读/, ['user', 'reset', 'office', ...city.args], { cwd: city.folder, ...owner });
        chmodSync(city.folder, 0o755);
    } finally {
        await city.close();
    }
});

test('the key file: missing, or another\'s', async () => {
    const city = await openCity('sqlite', { started: false });
    try {
        const key = join(city.folder, 'city.ledger.key');
        cpSync(key, key + '.kept');
        rmSync(key);
        fails(4, /密钥文件/, ['verify', ...city.args], { cwd: city.folder });
        writeFileSync(key, '00'.repeat(32) + '\n', { mode: 0o600 });
        fails(13, /密钥/, ['verify', ...city.args], { cwd: city.folder });
        fails(13, /密钥/, ['serve', ...city.args, '--listen', '127.0.0.1:0'], { cwd: city.folder });
        cpSync(key + '.kept', key);
        assert.equal(city.run('verify').code, 0);
    } finally {
        await city.close();
    }
});

forEachEngine('a ledger in use', async (t, city) => {
    await t.test('readers read beside the server', () => {
        for (const command of READERS) assert.equal(city.run(command).code, 0, command);
    });

    await t.test('a second writer is refused on a file, and works beside the server on PostgreSQL', async () => {
        const again = city.run('user', 'add', '--name', '新人', '--role', 'leader', 'xin.ren');
        if (city.engine === 'sqlite') {
            assert.equal(again.code, 5, again.err);
            assert.match(again.err, new RegExp(`另一个进程（${city.server.pid}）使用`));
            fails(5, new RegExp(String(city.server.pid)), ['serve', ...city.args, '--listen', '127.0.0.1:0'], { cwd: city.folder });
            await city.stop();
        } else {
            assert.equal(again.code, 0, again.err);
        }
    });

    await t.test('accounts from the command line', async () => {
        const added = city.run('user', 'add', '--name', '第二人', '--role', 'discipline', 'di.er');
        assert.equal(added.code, 0, added.err);
        const password = added.out.match(/：(\S+)（/)[1];
        assert.equal(city.run('user', 'add', '--name', '第二人', 'di.er').code, 5, 'a login is given once');
        assert.equal(city.run('user', 'grant', '--role', 'office', 'nobody').code, 4);
        assert.equal(city.run('user', 'grant', '--role', 'auditor', 'di.er').code, 5, 'an administrator holds no business role');
        assert.equal(city.run('user', 'grant', '--role', 'king', 'di.er').code, 2);
        assert.equal(city.run('user', 'grant', '--role', 'unit', '--unit', 'SZ002', 'leader').code, 0);
        assert.equal(city.run('user', 'grant', '--role', 'discipline', '--supervision-office', '第1监督检查室', 'di.er').code, 0);
        assert.equal(city.run('user', 'grant', '--role', 'discipline', '--supervision-office', '无此室', 'di.er').code, 5);
        assert.equal(city.run('user', 'grant', '--role', 'discipline', '--resident-group', '市纪委监委派驻第1纪检监察组', '--unit', 'SZ001', 'di.er').code, 2, 'one target');
        const reset = city.run('user', 'reset', 'leader');
        assert.equal(reset.code, 0, reset.err);
        if (!city.server) await city.start();
        const who = new Client(city);
        assert.deepEqual((await who.login('di.er', password)).roles, ['discipline']);
        await new Client(city).refused(401, 'POST', 'session', { body: { login: 'leader', password: PASSWORD } });
        const leader = await city.loggedIn('leader', reset.out.match(/：(\S+)（/)[1]);
        assert.deepEqual((await leader.get('session')).roles, ['leader', 'unit']);
        const added_ = (await city.as('auditor').items('audit')).find((e) => e.operation === 'account.add');
        assert.equal(added_.role, 'local');
        assert.ok(added_.login, 'the audit names the user of the machine');
    });

    await t.test('a server that is told to stop ends in peace, what it was doing is done', async () => {
        const organiser = (await city.as('office').items('organisers'))[0].id;
        const sent = Array.from({ length: 40 }, (_, i) => city.as('office').request('POST', 'meetings', { body: { organiser, kind: 'other', body: 'office', maker: '甲', held_on: '2021-10-01', title: `会议${i}` } }).then((a) => a.status, () => 0));
        await new Promise((resolve) => setTimeout(resolve, 15));
        await city.stop();
        const answers = await Promise.all(sent);
        const made = answers.filter((s) => s === 201).length;
        await city.start();
        const there = await city.as('office').count('meetings?title.has=会议');
        assert.ok(there >= made, `${made} were acknowledged, ${there} are there`);
        assert.ok(answers.every((s) => [0, 201, 503].includes(s)), String(answers));
        await city.stop();
        const done = city.run('verify');
        assert.equal(done.code, 0, done.out + done.err);
        assert.match(done.out, /未发现异常/);
    });
});

for (const engine of engines)
    test(`demo on ${engine.name}`, { skip: engine.skip, timeout: 120000 }, async () => {
        const city = await openCity(engine.name, { started: false });
        try {
            const where = engine.name === 'sqlite' ? join(city.folder, 'city.ledger') : city.args[1];
            const bytes = engine.name === 'sqlite' ? readFileSync(where) : null;
            const said = fails(5, engine.name === 'sqlite' ? /已经存在/ : /./, ['demo', ...city.args, '--evidence', 'evidence'], { cwd: city.folder });
            if (bytes) {
                assert.ok(readFileSync(where).equals(bytes), 'a ledger that is there is not touched');
                assert.match(said, /city\.ledger/);
            }
            assert.equal(city.run('verify').code, 0);
            const figures = JSON.parse(city.run('figures', '--json').out);
            const value = Object.fromEntries(figures.map((f) => [f.seed_ref[0] ?? f.id, f.value]));
            const small = { projects_late: 0, projects_overspent: 0, F09: 3, F10: 20, inspections_regular: 20, F29: 104, F30: 95, findings_open: 9, F31: 91.35, F11: 0, F23: 0 }; // of three rounds
            const whole = { F01: 18, F02: 12, F03: 20, F04: 103, F12: 4, F13: 2, F22: 7, F25: 134, F26: 4, F36: 3, F41: 49, F42: 5 }; // as the article has them
            const told = Object.fromEntries(Object.keys({ ...small, ...whole }).map((id) => [id, value[id]]));
            assert.deepEqual(told, { ...small, ...whole });
        } finally {
            await city.close();
        }
    });

const sums = ['findings_amount', 'effect_rules', 'effect_money', 'effect_people', 'effects_recovered', 'effects_refunded', 'effects_avoided', 'effects_people', 'trainings_people'];

forEachEngine('figures for other programs', async (t, city) => {
    const figures = JSON.parse(city.run('figures', '--json').out);

    await t.test('their shape', async () => {
        assert.ok(Array.isArray(figures) && figures.length >= 6);
        for (const f of figures) {
            for (const name of ['id', 'seed_ref', 'name', 'definition', 'value', 'numerator', 'denominator', 'unit', 'as_of', 'records']) assert.ok(name in f, `${f.id}: ${name}`);
            assert.ok(Array.isArray(f.seed_ref) && f.seed_ref.every((s) => /^F\d+$/.test(s)), f.id);
            assert.ok(typeof f.value === 'number' || (f.value === null && f.denominator === 0), f.id);
            assert.equal(typeof f.numerator, 'number');
            assert.ok(f.denominator === null || typeof f.denominator === 'number');
            assert.ok(sums.includes(f.id) || f.records === f.numerator, f.id);
            assert.equal(f.as_of, '2021-10-31');
            assert.ok(CHINESE.test(f.name) && CHINESE.test(f.definition) && f.unit);
        }
        assert.equal(new Set(figures.map((f) => f.id)).size, figures.length);
        const rate = figures.find((f) => f.seed_ref.includes('F31'));
        assert.deepEqual([rate.unit, rate.numerator, rate.denominator, rate.value], ['%', 95, 104, 91.35]);
    });

    await t.test('the command line, the API and the lists say the same', async () => {
        const leader = city.as('leader');
        assert.deepEqual(await leader.get('figures'), figures);
        const past = JSON.parse(city.run('figures', '--json', '--as-of', '2020-12-31').out);
        assert.deepEqual(await leader.get('figures?as_of=2020-12-31'), past);
        assert.ok(past.every((f) => f.as_of === '2020-12-31'));
        for (const f of [...figures, ...past]) assert.equal(await leader.count(f.numerator_list), f.records, f.numerator_list);
    });

    await t.test('as text', () => {
        const text = city.run('figures');
        assert.equal(text.code, 0);
        for (const f of figures) assert.ok(text.out.includes(f.value === null ? `${f.name}：无可统计记录` : `${f.name}：${f.value} ${f.unit}`), text.out);
    });
});

test('a new ledger: no figures, nothing wrong', () => inFolder((folder) => {
    const ledger = join(folder, 'new.ledger');
    const made = xuncha(['migrate', '--ledger', ledger]);
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /密钥文件/);
    const empty = JSON.parse(xuncha(['figures', '--ledger', ledger, '--json']).out);
    assert.equal(empty.find((f) => f.id === 'rectification_rate').value, null);
    assert.equal(xuncha(['verify', '--ledger', ledger]).code, 0);
    assert.equal(xuncha(['migrate', '--ledger', ledger]).code, 0, 'once more changes nothing');
}));
