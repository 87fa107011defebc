// Logging in and out, the acting role, passwords, and what a request without a good session gets.
import test from 'node:test';
import assert from 'node:assert/strict';
import { Client, NOBODY, PASSWORD, engines, forEachEngine, openCity, inChinese, inEnglish } from './lib.mjs';

// The shortest time-out is a minute, and this is what the test must wait for: it begins with the others and is told last.
async function waitIdle(engine) {
    const city = await openCity(engine, { serve: ['--idle-minutes', '1'] });
    try {
        const idle = city.as('office');
        const busy = city.as('leader');
        await idle.get('session');
        for (let i = 0; i < 4; i++) {
            await busy.get('session');
            await new Promise((resolve) => setTimeout(resolve, 15600));
        }
        const problem = await idle.refused(401, 'GET', 'session');
        assert.match(problem.detail, /登录/);
        await idle.refused(401, 'GET', 'units');
        await busy.get('session');
    } finally {
        await city.close();
    }
}
const waits = engines.map((engine) => engine.skip ? null : waitIdle(engine.name).then(() => null, (error) => error));

forEachEngine('the first login', { fresh: true }, async (t, city) => {
    const who = new Client(city);
    const first = city.accounts.office;

    await t.test('a session starts, and tells who acts', async () => {
        const session = await who.login('office', first);
        assert.deepEqual(Object.keys(session).sort(), ['account', 'csrf', 'demo', 'login', 'must_change', 'name', 'person', 'role', 'roles', 'today']);
        assert.equal(session.login, 'office');
        assert.equal(session.role, 'office');
        assert.deepEqual(session.roles, ['office']);
        assert.equal(session.must_change, true);
        assert.equal(session.today, '2021-10-31');
        assert.equal(session.demo, true);
        assert.deepEqual(await who.get('session'), session);
    });

    await t.test('the cookie is kept from scripts and from other sites', async () => {
        const answer = await new Client(city).request('POST', 'session', { body: { login: 'auditor', password: city.accounts.auditor } });
        assert.match(answer.headers['set-cookie'][0], /^xuncha=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/);
        assert.equal(answer.headers['cache-control'], 'no-store');
    });

    await t.test('until the password is changed nothing else is allowed', async () => {
        for (const path of ['units', 'tasks', 'figures', 'workflow', 'units/count', `units/${NOBODY}`])
            await who.refused(403, 'GET', path);
        await who.refused(403, 'POST', 'people', { body: { name: '甲' } });
        await who.refused(403, 'POST', 'session/role', { body: { role: 'office' } });
        await who.refused(403, 'POST', 'uploads', { body: { size: 1 } });
    });

    await t.test('the rules of a new password', async () => {
        for (const [password, why] of [
            ['Short-1', /10 至 128/],
            ['口令A-1口令口令', /10 至 128/],
            ['x'.repeat(130) + 'A-1', /128/],
            ['abcdefghijklmnop', /三类/],
            ['ABCDEFGH12345678', /三类/],
            ['My-office-2021', /登录名/],
            [first, /相同/],
        ]) {
            const problem = await who.refused(422, 'POST', 'session/password', { body: { old: first, password } });
            assert.equal(problem.errors[0].field, 'password', password);
            assert.match(problem.errors[0].rule, why);
            assert.equal(problem.errors[0].value, '', 'a password is never repeated');
        }
        const wrong = await who.refused(422, 'POST', 'session/password', { body: { old: 'not-it', password: PASSWORD } });
        assert.equal(wrong.errors[0].field, 'old');
        const missing = await who.refused(422, 'POST', 'session/password', { body: {} });
        assert.deepEqual(missing.errors.map((e) => e.field), ['old', 'password']);
        assert.equal((await who.get('session')).must_change, true);
    });

    await t.test('changing it ends the other sessions of the account, not this one', async () => {
        const other = await city.loggedIn('office', first);
        const session = await who.changePassword(first, PASSWORD);
        assert.equal(session.must_change, false);
        await who.get('units');
        await other.refused(401, 'GET', 'session');
        await new Client(city).refused(401, 'POST', 'session', { body: { login: 'office', password: first } });
        await city.loggedIn('office', PASSWORD);
    });

    await t.test('a reset gives a new first password and demands a change again', async () => {
        const admin = await city.loggedIn('sysadmin', city.accounts.sysadmin);
        await admin.changePassword(city.accounts.sysadmin, PASSWORD);
        const account = (await admin.items('accounts?login=office'))[0];
        const reset = await admin.move('accounts', account.id, 'reset');
        assert.ok(reset.first_password.length >= 16);
        assert.equal(reset.must_change, true);
        assert.equal('password' in reset, false);
        await new Client(city).refused(401, 'POST', 'session', { body: { login: 'office', password: PASSWORD } });
        await who.refused(403, 'GET', 'units');
        const again = await city.loggedIn('office', reset.first_password);
        await again.refused(403, 'GET', 'units');
        await again.changePassword(reset.first_password, PASSWORD + '2');
        await again.get('units');
    });
});

forEachEngine('sessions', async (t, city) => {
    const head = city.as('head');

    await t.test('wrong passwords: 401, and after five of them locked, even for the right one', async () => {
        const who = new Client(city);
        const body = (password) => ({ body: { login: 'leader', password } });
        for (let left = 4; left > 0; left--) {
            const problem = await who.refused(401, 'POST', 'session', body('Wrong-2021-x'));
            assert.match(problem.detail, new RegExp(`${left}次`));
        }
        for (const password of ['Wrong-2021-x', PASSWORD, PASSWORD]) {
            const answer = await who.expect(429, 'POST', 'session', body(password));
            const wait = Number(answer.headers['retry-after']);
            assert.ok(wait > 60 && wait <= 3600, `Retry-After: ${answer.headers['retry-after']}`);
            assert.equal(answer.headers['set-cookie'], undefined);
        }
        await city.as('leader').get('session'); // the session that was open stays
        await new Client(city).login('discipline', PASSWORD); // nobody else is locked out
    });

    await t.test('a login that does not exist is told apart by nothing', async () => {
        const who = new Client(city);
        const nobody = await who.refused(401, 'POST', 'session', { body: { login: 'nobody', password: PASSWORD } });
        const wrong = await who.refused(401, 'POST', 'session', { body: { login: 'organisation', password: 'Wrong-2021-x' } });
        assert.equal(nobody.detail, wrong.detail);
        for (let i = 0; i < 3; i++) await who.refused(401, 'POST', 'session', { body: { login: 'nobody', password: PASSWORD } });
        await who.refused(429, 'POST', 'session', { body: { login: 'nobody', password: PASSWORD } });
    });

    await t.test('a good login forgets the failures before it', async () => {
        const who = new Client(city);
        for (let round = 0; round < 2; round++) {
            for (let i = 0; i < 4; i++) await who.refused(401, 'POST', 'session', { body: { login: 'auditor', password: 'Wrong-2021-x' } });
            await city.loggedIn('auditor');
        }
    });

    await t.test('login and password must be given', async () => {
        const problem = await new Client(city).refused(422, 'POST', 'session', { body: {} });
        assert.deepEqual(problem.errors.map((e) => e.field), ['login', 'password']);
    });

    await t.test('logging out ends the session for good', async () => {
        const who = await city.loggedIn('organisation');
        const answer = await who.expect(200, 'DELETE', 'session');
        assert.match(answer.headers['set-cookie'][0], /^xuncha=; Path=\/; Max-Age=0/);
        await who.refused(401, 'GET', 'session');
        await who.refused(401, 'GET', 'rounds');
        await city.as('organisation').get('rounds');
    });

    await t.test('without a session, or with a made-up one: 401', async () => {
        const none = new Client(city);
        const forged = Object.assign(new Client(city), { cookie: 'xuncha=' + 'ab'.repeat(32), csrf: 'cd'.repeat(16) });
        for (const who of [none, forged]) {
            for (const path of ['session', 'units', 'tasks', 'figures', 'audit', 'workflow', `papers/${NOBODY}`, `papers/${NOBODY}/history`, `attachments/${NOBODY}/file`, `uploads/${NOBODY}`])
                await who.refused(401, 'GET', path);
            await who.refused(401, 'POST', 'people', { body: { name: '甲' } });
            await who.refused(401, 'DELETE', 'session');
            await who.refused(401, 'PUT', `uploads/${NOBODY}?offset=0`, { body: 'x' });
        }
    });

    await t.test('a bearer token that nobody was given: 401', async () => {
        for (const token of ['Bearer ' + 'ab'.repeat(32), 'Bearer x'])
            await new Client(city).refused(401, 'GET', 'units', { headers: { authorization: token } });
        await new Client(city).refused(401, 'GET', 'units', { headers: { authorization: 'Basic b2ZmaWNlOng=' } });
        // A bad bearer token does not fall back on the cookie beside it.
        await head.refused(401, 'GET', 'session', { headers: { authorization: 'Bearer ' + 'ab'.repeat(32) } });
    });

    await t.test('a token for a program: one role, up to a day, issued by a person', async () => {
        const office = city.as('office');
        const today = (await office.get('session')).today;
        const issued = (await office.expect(200, 'POST', 'session/token', { body: { valid_to: '2021-12-31' } })).json;
        assert.deepEqual([issued.role, issued.valid_to], ['office', '2021-12-31']);
        const program = { headers: { authorization: `Bearer ${issued.token}` } };
        const nobody = new Client(city);
        assert.equal((await nobody.expect(200, 'GET', 'session', program)).json.login, 'office');
        const organiser = (await office.items('organisers?limit=1'))[0].id;
        await nobody.expect(201, 'POST', 'meetings', { ...program, body: { organiser, kind: 'other', body: 'office', maker: '甲', held_on: today, title: '程序登记' } }); // no CSRF: no browser sends it by itself
        await nobody.refused(403, 'POST', 'session/token', { ...program, body: { valid_to: '2021-12-31' } });
        await nobody.refused(401, 'GET', 'session', { cookie: `xuncha=${issued.token}` });
        for (const day of ['2021-10-30', '2022-11-02', '2099-01-01']) await office.refused(422, 'POST', 'session/token', { body: { valid_to: day } });
        await office.refused(422, 'POST', 'session/token', { body: {} });
        await nobody.expect(200, 'DELETE', 'session', program);
        await nobody.refused(401, 'GET', 'session', program);
        const cookie = office.cookie.slice('xuncha='.length);
        await nobody.refused(401, 'GET', 'session', { headers: { authorization: `Bearer ${cookie}` } });
    });

    await t.test('a write without the page\'s token, or with another\'s: 403 and nothing is written', async () => {
        const office = city.as('office');
        const before = await office.count('people');
        for (const csrf of [null, 'ab'.repeat(16), city.sessions.head.csrf, office.csrf + '0', office.csrf.slice(1)])
            await office.refused(403, 'POST', 'people', { body: { name: '甲' }, csrf });
        await office.refused(403, 'DELETE', 'session', { csrf: null });
        await office.refused(403, 'PUT', `uploads/${NOBODY}?offset=0`, { body: 'x', csrf: null });
        assert.equal(await office.count('people'), before);
        await office.get('session');
    });

    await t.test('two roles of one person: he acts in one at a time', async () => {
        const security = city.as('secadmin');
        const both = await city.person('liang.shi', '梁示', { role: 'discipline', everything: true });
        await security.post('assignments', { account: both.account.id, role: 'leader', everything: true, valid_from: '2021-01-01', valid_to: '2021-12-31', basis: '兼任' });
        const session = await city.loggedIn('liang.shi');
        assert.deepEqual((await session.get('session')).roles, ['leader', 'discipline']);
        assert.equal((await session.get('session')).role, 'leader');
        await session.get('authorisations');
        const switched = await session.expect(200, 'POST', 'session/role', { body: { role: 'discipline' } });
        assert.equal(switched.json.role, 'discipline');
        await session.refused(403, 'GET', 'authorisations');
        const problem = await session.refused(403, 'POST', 'session/role', { body: { role: 'office' } });
        assert.equal(problem.errors[0].field, 'role');
        await session.refused(422, 'POST', 'session/role', { body: { role: 'emperor' } });
        assert.equal((await session.get('session')).role, 'discipline');
    });

    await t.test('an account without a right may log in, and sees nothing', async () => {
        const who = await city.person('wu.quan', '吴权');
        assert.equal((await who.get('session')).role, null);
        assert.deepEqual((await who.get('session')).roles, []);
        for (const path of ['units', 'organisers', 'tasks', 'figures', 'audit', 'workflow']) await who.refused(403, 'GET', path);
        assert.doesNotMatch((await who.refused(403, 'GET', 'units')).detail, /（）/);
        await who.changePassword(PASSWORD, PASSWORD + '2');
        await who.expect(200, 'DELETE', 'session');
        await who.refused(401, 'GET', 'session');
    });

    await t.test('a right that ends takes the open session with it', async () => {
        const security = city.as('secadmin');
        const who = await city.person('duan.qi', '段期', { role: 'leader', everything: true });
        await who.get('rounds');
        const right = (await security.items(`assignments?account=${who.account.id}`))[0];
        await security.move('assignments', right.id, 'end', { valid_to: '2021-10-30' });
        assert.equal((await who.get('session')).role, null);
        await who.refused(403, 'GET', 'rounds');
        await who.refused(403, 'POST', 'session/role', { body: { role: 'leader' } });
        await security.post('assignments', { account: who.account.id, role: 'discipline', everything: true, valid_from: '2021-10-01', valid_to: '2021-12-31', basis: '另任' });
        await who.refused(403, 'GET', 'rounds');
        assert.equal((await who.expect(200, 'POST', 'session/role', { body: { role: 'discipline' } })).json.role, 'discipline');
        await who.get('rounds');
        await security.refused(409, 'POST', `assignments/${right.id}/end`, { body: { valid_to: '2029-12-31' }, ifMatch: 2 });
    });

    await t.test('a disabled account: its sessions end, nobody logs in', async () => {
        const admin = city.as('sysadmin');
        const who = await city.person('ting.yong', '廷用', { role: 'leader', everything: true });
        await who.get('rounds');
        await admin.patch('accounts', who.account.id, { disabled: true });
        await who.refused(401, 'GET', 'rounds');
        await who.refused(401, 'GET', 'session');
        const problem = await new Client(city).refused(401, 'POST', 'session', { body: { login: 'ting.yong', password: PASSWORD } });
        assert.doesNotMatch(problem.detail, /停用/);
        await admin.patch('accounts', who.account.id, { disabled: false });
        await city.loggedIn('ting.yong');
    });

    await t.test('administrators keep apart what must be apart', async () => {
        const security = city.as('secadmin');
        const account = (login) => city.as('sysadmin').items(`accounts?login=${login}`).then((a) => a[0].id);
        const right = (id, role) => ({ body: { account: id, role, everything: true, valid_from: '2021-10-31', valid_to: '2022-10-31', basis: '试' } });
        for (const [login, role] of [['sysadmin', 'auditor'], ['auditor', 'security_admin'], ['sysadmin', 'office'], ['office', 'auditor'], ['unit', 'office'], ['unit', 'discipline']]) {
            const problem = await security.refused(409, 'POST', 'assignments', right(await account(login), role));
            assert.equal(problem.errors[0].field, 'role', `${login} + ${role}`);
        }
        await security.refused(422, 'POST', 'assignments', right(await account('leader'), 'local'));
        await security.refused(422, 'POST', 'assignments', right(await account('leader'), 'unit'));
    });

    await t.test('refusals speak Chinese, or English to whom asks for it', async () => {
        const who = new Client(city);
        const body = { body: { login: 'organisation', password: 'Wrong-2021-x' } };
        assert.ok(inChinese(await who.refused(401, 'POST', 'session', body)));
        who.lang = 'en-GB,en;q=0.9,zh;q=0.1';
        assert.ok(inEnglish(await who.refused(401, 'POST', 'session', body)));
        assert.ok(inEnglish(await who.refused(422, 'POST', 'session', { body: {} })));
        who.lang = 'zh-CN,en;q=0.5';
        assert.ok(inChinese(await who.refused(422, 'POST', 'session', { body: {} })));
    });

    await t.test('logins, failures and refusals stand in the audit, passwords do not', async () => {
        const auditor = city.as('auditor');
        const entries = [];
        for (let before = '', page; (page = await auditor.items(`audit${before && '?before=' + before}`)).length && entries.length < 400; before = page.at(-1).seq) entries.push(...page);
        assert.ok(entries.some((e) => e.operation === 'session.login' && e.outcome === 'NOBODY' && e.record === 'leader'), 'a failed login');
        assert.ok(entries.some((e) => e.operation === 'session.login' && e.outcome === 'LOCKED' && e.record === 'leader'), 'a locked login');
        assert.ok(entries.some((e) => e.operation === 'session.logout' && e.login === 'organisation'), 'a logout');
        assert.ok(entries.some((e) => e.outcome === 'DENIED' && e.login === 'wu.quan'), 'a refusal');
        assert.ok(!JSON.stringify(entries).includes(PASSWORD));
        assert.deepEqual(entries.map((e) => e.seq), entries.map((_, i) => entries[0].seq - i), 'without gaps, newest first');
    });
});

engines.forEach((engine, i) =>
    test(`a session that is not used ends on ${engine.name}`, { skip: engine.skip, timeout: 170000 }, async () => {
        assert.ifError(await waits[i]);
    }));
