// The real program, a real browser, and people who use it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const program = new URL('../../build/xuncha', import.meta.url).pathname;

export async function openCity() {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-pages-'));
    const ledger = join(folder, 'demo.ledger');
    const made = spawnSync(program, ['demo', '--small', '--ledger', ledger], { encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    const accounts = Object.fromEntries([...made.stdout.matchAll(/^ {2}(\S+) +(\S{12,}) /gm)].map(([, login, password]) => [login, password]));
    let server;
    async function serve(listen, more = []) {
        server = spawn(program, ['serve', '--ledger', ledger, '--listen', listen, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
        return new Promise((resolve, reject) => {
            server.stdout.on('data', (d) => {
                const found = String(d).match(/http:\/\/\S+/);
                if (found) resolve(found[0]);
            });
            server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
        });
    }
    async function stop() {
        const ended = new Promise((resolve) => server.once('exit', resolve));
        server.kill('SIGTERM');
        await ended;
    }
    const url = await serve('127.0.0.1:0');
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const people = [];
    return {
        url,
        accounts,
        async person(login, password = accounts[login]) {
            const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
            const page = await context.newPage();
            const p = new Person(page, url);
            people.push(p);
            await p.logIn(login, password);
            return p;
        },
        // Who has logged in before is still there.
        async again(login) {
            this.kept ??= {};
            return (this.kept[login] ??= await this.person(login));
        },
        // The same place on another day; everybody stays logged in.
        async goOn(today) {
            await stop();
            await serve(new URL(url).host, ['--today', today]);
        },
        async close() {
            await browser.close();
            await stop();
            rmSync(folder, { recursive: true });
        },
        browser,
    };
}

// What a person does on a page, by the names that the pages give to tests.
export class Person {
    constructor(page, url) {
        this.page = page;
        this.url = url;
        this.troubles = [];
        page.on('pageerror', (error) => this.troubles.push(String(error)));
    }
    at(name) {
        return this.page.locator(`[data-test="${name}"]`);
    }
    async logIn(login, password) {
        await this.page.goto(this.url);
        await this.at('login').fill(login);
        await this.at('password').fill(password);
        await this.at('submit').click();
        await this.at('fresh').fill('Xuncha-2021-示');
        await this.at('again').fill('Xuncha-2021-示');
        await this.at('submit').click();
        await this.at('tasks').waitFor();
    }
    // What the page looks like, kept where SHOTS=folder asks for it.
    async shot(name) {
        if (!process.env.SHOTS) return;
        mkdirSync(process.env.SHOTS, { recursive: true });
        await this.page.waitForTimeout(500);
        await this.page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
    }
    async go(path) {
        await this.page.goto(this.url + path);
    }
    // Fields of the open form: texts, numbers, dates; {choice: label} picks from a drop-down.
    async fill(fields, scope = this.page) {
        for (const [name, value] of Object.entries(fields)) {
            const field = scope.locator(`[data-test="field-${name}"]`);
            if (typeof value === 'object') await this.choose(field, value.choice);
            else await field.locator('input, textarea').first().fill(String(value));
        }
    }
    // On a busy machine the list may be drawn anew under the pointer, or close, and the click is lost: then it is made again.
    async choose(field, label) {
        const TRIES = 3;
        const chosen = field.locator('.el-select__selected-item', { hasText: label }).first();
        for (let tries = 0; tries < TRIES; tries++) {
            await this.closed();
            await field.locator('.el-select__wrapper').click();
            const item = this.page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: label }).first();
            const clicked = await item.click({ timeout: tries < TRIES - 1 ? 10000 : 30000 }).then(() => true, (error) => error);
            if (clicked !== true && tries === TRIES - 1) throw clicked;
            if (await chosen.waitFor({ timeout: 3000 }).then(() => true, () => false)) return;
            await this.page.keyboard.press('Tab'); // a list that is open still is closed
        }
    }
    // The list of the drop-down before has gone: two with the same choices would be mistaken for each other.
    async closed() {
        const open = this.page.locator('.el-select-dropdown:visible');
        for (let i = 0; i < 100 && (await open.count()) > 0; i++) await this.page.waitForTimeout(50);
    }
    async save(scope = this.page) {
        await scope.locator('[data-test="save"]').first().click();
    }
    // A move: its button, its form, and the message that it was done.
    async move(action, fields = {}) {
        await this.at('do-' + action).click();
        const dialog = this.page.locator('.el-dialog:visible');
        await this.fill(fields, dialog);
        await this.save(dialog);
        await dialog.waitFor({ state: 'hidden' });
    }
    async attach(name, text) {
        const before = await this.at('attachments').locator('.item').count();
        await this.at('file').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
        await this.at('attachments').locator('.item').nth(before).waitFor();
    }
    async shows(name, text) {
        await this.at(name).filter({ hasText: text }).first().waitFor({ timeout: 10000 });
    }
    async figure(id) {
        await this.go('/figures');
        const row = this.at('figure-' + id);
        await row.waitFor();
        const read = async (part) => Number(await row.locator(`[data-test="${part}"]`).innerText());
        return { row, numerator: await read('numerator'), denominator: await read('denominator') };
    }
    /** The first numbers of several figures, of one visit to the page. */
    async figures(ids) {
        await this.go('/figures');
        const read = {};
        for (const id of ids) {
            const row = this.at('figure-' + id);
            await row.waitFor();
            const counted = row.locator('[data-test="numerator"]');
            const text = await ((await counted.count()) ? counted : row.locator('[data-test="value"]')).first().innerText();
            read[id] = Number(text.match(/[\d.]+/)?.[0] ?? 0);
        }
        return read;
    }
    async total() {
        const text = await this.at('total').filter({ hasText: /[1-9]/ }).first().innerText();
        return Number(text.match(/\d+/)[0]);
    }
}

/** An inspection on site led on to its feedback, which is delivered: `place` is the path of its page. */
export async function feedBack(office, place, number) {
    await office.go(place);
    for (const step of ['leave', 'report', 'consult', 'deliberate', 'hear']) {
        await office.move(step);
        await office.at('do-' + step).waitFor({ state: 'hidden' });
    }
    await office.page.getByRole('tab', { name: '反馈' }).click();
    await office.at('make-feedbacks').click();
    const told = office.page.locator('.el-dialog:visible');
    await office.fill({ number, demands: '请于两个月内报送整改情况。' }, told);
    await office.save(told);
    await office.shows('feedback-state', '拟定');
    await office.move('deliver');
    await office.shows('feedback-state', '待签收');
}

/** A unit's person, logged in. */
export const unitPerson = (city, login, unit) => newPerson(city, login, { role: { choice: '被巡察党组织' }, unit: { choice: unit }, basis: '整改联络员' });

/** Somebody new, logged in: an account by one administrator, the right by another. */
export async function newPerson(city, login, right) {
    const system = await city.again('sysadmin');
    await system.go('/accounts');
    await system.at('make-accounts').click();
    const account = system.page.locator('.el-dialog:visible');
    await system.fill({ login, name: '示联络' }, account);
    await system.save(account);
    const password = (await system.page.locator('.el-alert__title').innerText()).split('：')[1].trim();
    const security = await city.again('secadmin');
    await security.go('/assignments');
    await security.at('make-assignments').click();
    const form = security.page.locator('.el-dialog:visible');
    if (!right.unit) await form.locator('[data-test="field-everything"] .el-checkbox').click();
    await security.fill({ account: { choice: login }, ...right, valid_from: '2021-10-31', valid_to: '2022-12-31' }, form);
    await security.save(form);
    await security.page.getByText(right.basis).first().waitFor();
    return city.person(login, password);
}
