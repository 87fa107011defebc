// xuncha verify finds what was changed outside the program: each way of tampering is a test, on both engines.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = new URL('../../build/xuncha', import.meta.url).pathname;
const pg = process.env.XUNCHA_TEST_PG;

function xuncha(...args) {
    const done = spawnSync(program, args, { encoding: 'utf8' });
    return { code: done.status, out: done.stdout, err: done.stderr };
}

// A ledger that can be put back to what it was after each tampering.
class SqliteLedger {
    constructor() {
        this.folder = mkdtempSync(join(tmpdir(), 'xuncha-verify-'));
        this.where = join(this.folder, 'demo.ledger');
        this.evidence = this.where + '.evidence';
        this.args = ['--ledger', this.where];
        const made = xuncha('demo', '--small', ...this.args);
        assert.equal(made.code, 0, made.err);
        this.sql('PRAGMA wal_checkpoint(TRUNCATE)');
        cpSync(this.folder, this.folder + '.kept', { recursive: true });
    }
    sql(text) {
        return execFileSync('sqlite3', [this.where], { input: text, encoding: 'utf8' }).trim();
    }
    restore() {
        rmSync(this.folder, { recursive: true });
        cpSync(this.folder + '.kept', this.folder, { recursive: true });
    }
    close() {
        rmSync(this.folder, { recursive: true });
        rmSync(this.folder + '.kept', { recursive: true });
    }
}

class PostgresLedger {
    constructor() {
        this.folder = mkdtempSync(join(tmpdir(), 'xuncha-verify-'));
        this.schema = 'verify_' + process.pid;
        this.evidence = join(this.folder, 'evidence');
        this.where = `${pg}?options=-csearch_path%3D${this.schema}`;
        this.args = ['--ledger', this.where, '--key', join(this.folder, 'key')];
        const made = xuncha('demo', '--small', ...this.args, '--evidence', this.evidence);
        assert.equal(made.code, 0, made.err);
        this.sql(`CREATE SCHEMA ${this.schema}_kept`);
        this.names = this.sql(`SELECT tablename FROM pg_tables WHERE schemaname = '${this.schema}'`).split('\n');
        this.sql(this.names.map((t) => `CREATE TABLE ${this.schema}_kept.${t} AS TABLE ${this.schema}.${t}`).join('; '));
        cpSync(this.evidence, this.evidence + '.kept', { recursive: true });
    }
    sql(text) {
        const path = `SET search_path TO ${this.schema}; SET session_replication_role = replica; `;
        return execFileSync('psql', ['-qAt', '-v', 'ON_ERROR_STOP=1', '-d', pg], { input: path + text + ';', encoding: 'utf8' }).trim();
    }
    restore() {
        const names = this.names;
        this.sql(`TRUNCATE ${names.join(', ')}; ` + names.map((t) => `INSERT INTO ${t} SELECT * FROM ${this.schema}_kept.${t}`).join('; '));
        rmSync(this.evidence, { recursive: true });
        cpSync(this.evidence + '.kept', this.evidence, { recursive: true });
    }
    close() {
        this.sql(`DROP SCHEMA ${this.schema} CASCADE; DROP SCHEMA ${this.schema}_kept CASCADE`);
        rmSync(this.folder, { recursive: true });
    }
}

const half = (l) => l.sql('SELECT MAX(seq) / 2 FROM audit');

// name, what is done, the kind of fault that must be named
const tamperings = [
    ['a business row changed by SQL', (l) => l.sql("UPDATE rectification SET state = 'done' WHERE state <> 'done'"), 'record'],
    ['a title changed by one letter', (l) => l.sql("UPDATE finding SET title = title || '。' WHERE number = 1"), 'record'],
    ['a business row removed', (l) => l.sql('DELETE FROM statement WHERE id = (SELECT MIN(id) FROM statement)'), 'record'],
    ['a row added that no operation made', (l) => l.sql("INSERT INTO person (id, version, provenance, effective_on, recorded_at, name) VALUES ('01arz3ndektsv4rrffq69g5fav', 1, 'entered', '2021-01-01', '2021-01-01T00:00:00.000000Z', '甲')"), 'record'],
    ['a right granted by SQL', (l) => l.sql("UPDATE assignment SET valid_to = '2099-12-31' WHERE role = 'head'"), 'record'],
    ['an entry changed', (l) => l.sql(`UPDATE audit SET login = 'nobody' WHERE seq = ${half(l)}`), 'entry'],
    ['an entry whose time was changed', (l) => l.sql(`UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = ${half(l)}`), 'entry'],
    ['sealed values changed', (l) => l.sql(`UPDATE audit SET sealed = after WHERE seq = ${half(l)} OR seq = ${half(l)} + 1`), 'entry'],
    ['an entry removed', (l) => l.sql(`DELETE FROM audit WHERE seq = ${half(l)}`), 'gap'],
    ['two entries exchanged', (l) => { const n = half(l); l.sql(`UPDATE audit SET seq = -1 WHERE seq = ${n}; UPDATE audit SET seq = ${n} WHERE seq = ${n} + 1; UPDATE audit SET seq = ${n} + 1 WHERE seq = -1`); }, 'entry'],
    ['the tail cut off, the head row left', (l) => l.sql('DELETE FROM audit WHERE seq > (SELECT MAX(seq) - 3 FROM audit)'), 'tail'],
    ['the state history changed', (l) => l.sql("UPDATE state_history SET state = 'done' WHERE entity = 'rectifications' AND state = 'pending'"), 'state'],
    ['a counter changed', (l) => l.sql("UPDATE record_count SET records = records + 1 WHERE entity = 'findings'"), 'count'],
    ['a tally changed', (l) => l.sql("UPDATE tally_item_round SET records = records + 1 WHERE state = 'done'"), 'count'],
    ['a counter of states changed', (l) => l.sql("UPDATE state_count SET records = records - 1 WHERE entity = 'rectifications' AND state = 'done'"), 'count'],
    ['an evidence chunk changed', (l) => {
        const file = join(l.evidence, readdirSync(l.evidence)[0]);
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1] ^= 1;
        writeFileSync(file, bytes);
    }, 'file'],
    ['an evidence file removed', (l) => rmSync(join(l.evidence, readdirSync(l.evidence)[0])), 'file'],
];

function kinds(l, ...more) {
    const done = xuncha('verify', ...l.args, '--json', ...more);
    return { code: done.code, kinds: new Set((done.code <= 1 ? JSON.parse(done.out).list : []).map((f) => f.kind)), err: done.err };
}

for (const [engine, Kind] of [['sqlite', SqliteLedger], ['postgresql', PostgresLedger]]) {
    test(`verify on ${engine}`, { skip: engine === 'postgresql' && !pg ? 'XUNCHA_TEST_PG is not set' : false }, async (t) => {
        const l = new Kind();
        const key = join(l.folder, 'signing.key');
        const anchor = l.folder + '.anchor';
        try {
            await t.test('an untouched ledger', () => {
                const found = kinds(l);
                assert.equal(found.code, 0, found.err);
                const printed = xuncha('anchor', ...l.args, '--signing-key', l.folder + '.key');
                assert.equal(printed.code, 0, printed.err);
                writeFileSync(anchor, printed.out);
                assert.equal(kinds(l, '--anchor', anchor).code, 0);
            });
            for (const [name, tamper, kind] of tamperings)
                await t.test(name, () => {
                    tamper(l);
                    const found = kinds(l);
                    l.restore();
                    assert.equal(found.code, 1, `${name}: exit ${found.code} ${found.err}`);
                    assert.ok(found.kinds.has(kind), `${name}: expected ${kind}, found ${[...found.kinds]}`);
                });
            await t.test('with an anchor: a tail cut off with its head put back', () => {
                l.sql('DELETE FROM audit WHERE seq > (SELECT MAX(seq) - 1 FROM audit)');
                l.sql('UPDATE chain_head SET seq = (SELECT MAX(seq) FROM audit), seal = (SELECT seal FROM audit ORDER BY seq DESC LIMIT 1)');
                const without = kinds(l);
                const found = kinds(l, '--anchor', anchor);
                l.restore();
                assert.ok(!without.kinds.has('tail'), 'the head was put back: nothing inside the ledger tells');
                assert.equal(found.code, 1);
                assert.ok(found.kinds.has('anchor'));
            });
            await t.test('with an anchor: a chain rewritten whole', () => {
                // Somebody with the key makes the same city anew: it is consistent in itself.
                const other = new Kind.Again(l);
                const inside = kinds(other);
                const found = kinds(other, '--anchor', anchor);
                other.close();
                assert.equal(inside.code, 0, 'the other ledger is sound in itself');
                assert.equal(found.code, 1);
                assert.ok(found.kinds.has('anchor'));
            });
            await t.test('an anchor that was changed, or signed by another key', () => {
                const text = readFileSync(anchor, 'utf8');
                writeFileSync(anchor + '.changed', text.replace(/seq (\d+)/, (_, n) => `seq ${Number(n) - 1}`));
                assert.equal(xuncha('verify', ...l.args, '--anchor', anchor + '.changed').code, 2);
                const named = text.match(/^key ([0-9a-f]+)$/m)[1];
                assert.equal(xuncha('verify', ...l.args, '--anchor', anchor, '--public-key', named).code, 0);
                assert.equal(xuncha('verify', ...l.args, '--anchor', anchor, '--public-key', '04' + '0'.repeat(128)).code, 2);
                rmSync(anchor + '.changed');
            });
            await t.test('another key file opens nothing', () => {
                const keyFile = engine === 'sqlite' ? l.where + '.key' : join(l.folder, 'key');
                const kept = readFileSync(keyFile, 'utf8');
                writeFileSync(keyFile, '00'.repeat(32) + '\n', { mode: 0o600 });
                const done = xuncha('verify', ...l.args);
                writeFileSync(keyFile, kept, { mode: 0o600 });
                assert.equal(done.code, 13);
                assert.match(done.err, /密钥/);
            });
        } finally {
            l.close();
            for (const file of [anchor, l.folder + '.key', key])
                if (existsSync(file))
                    rmSync(file);
        }
    });
}

// The same program, another run: ids are the same, seals are not. The ledger's id is put to the old one's, so that
// only the anchor can tell.
SqliteLedger.Again = class extends SqliteLedger {
    constructor(old) {
        super();
        this.sql(`UPDATE chain_head SET ledger = '${old.sql('SELECT ledger FROM chain_head')}'`);
    }
};
PostgresLedger.Again = class {
    constructor(old) {
        const made = spawnSync(program, ['demo', '--small', '--ledger', `${pg}?options=-csearch_path%3D${old.schema}_again`, '--key',
            join(old.folder, 'again.key'), '--evidence', join(old.folder, 'again.evidence')], { encoding: 'utf8' });
        assert.equal(made.status, 0, made.stderr);
        this.old = old;
        this.args = ['--ledger', `${pg}?options=-csearch_path%3D${old.schema}_again`, '--key', join(old.folder, 'again.key')];
        old.sql(`UPDATE ${old.schema}_again.chain_head SET ledger = (SELECT ledger FROM ${old.schema}.chain_head)`);
    }
    close() {
        this.old.sql(`DROP SCHEMA ${this.old.schema}_again CASCADE`);
    }
};
