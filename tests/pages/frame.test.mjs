// The frame: what the first load weighs, what fits on a small screen, what the keyboard alone can do, two languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const CHINESE = /[一-鿿]/;

test('the first load is under 400 KiB, compressed', async () => {
    const page = await city.browser.newPage({ viewport: { width: 1366, height: 768 } });
    const client = await page.context().newCDPSession(page);
    let bytes = 0;
    await client.send('Network.enable');
    client.on('Network.loadingFinished', (e) => (bytes += e.encodedDataLength));
    await page.goto(city.url, { waitUntil: 'networkidle' });
    await page.locator('[data-test="login"]').waitFor();
    assert.ok(bytes > 50 * 1024, 'the pages came over the wire');
    assert.ok(bytes < 400 * 1024, `${(bytes / 1024).toFixed(0)} KiB`);
    await page.close();
});

test('no page of the office is wider than 1366', async () => {
    const office = await city.person('office');
    const links = await office.page.locator('nav.menu a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(links.length > 8);
    for (const path of links) {
        await office.go(path);
        await office.page.waitForLoadState('networkidle');
        const width = await office.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 1366, `${path} is ${width} wide`);
    }
    assert.deepEqual(office.troubles, []);
    await office.page.context().close();
});

test('the menu stands in groups, which fold and stay folded', async () => {
    const someone = await city.again('propaganda');
    await someone.go('/');
    const group = someone.at('menu-registers'), link = someone.page.locator('nav.menu a[href="/meetings"]');
    await link.waitFor();
    assert.equal(await group.getAttribute('aria-expanded'), 'true');
    await group.click();
    await link.waitFor({ state: 'detached' });
    await someone.page.reload();
    await group.waitFor();
    assert.deepEqual([await group.getAttribute('aria-expanded'), await link.count()], ['false', 0]);
    await someone.go('/meetings');
    await link.waitFor(); // the group of the open page is never folded
    await someone.go('/');
    await group.click();
    await link.waitFor();
    await someone.shot('menu');
    const auditor = await city.again('auditor');
    assert.deepEqual(await auditor.page.locator('nav.menu .group').evaluateAll((all) => all.map((g) => g.dataset.test)), ['menu-keep'], 'no empty groups');
});

// Tab until the element with the focus is the one that is wanted.
async function tabTo(page, wanted) {
    for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((selector) => document.activeElement?.matches(selector) || !!document.activeElement?.closest(selector), wanted)) return;
    }
    assert.fail(`the keyboard does not reach ${wanted}`);
}

test('by keyboard alone: logging in, a list, a record, a move', async () => {
    const context = await city.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const type = (text) => page.keyboard.type(text);
    await page.goto(city.url);
    await page.locator('[data-test="login"]').waitFor();
    await tabTo(page, '[data-test="login"]');
    await type('member1');
    await tabTo(page, '[data-test="password"]');
    await type(city.accounts.member1);
    await page.keyboard.press('Enter');
    await page.locator('[data-test="fresh"]').waitFor();
    await tabTo(page, '[data-test="fresh"]');
    await type('Xuncha-2021-示');
    await tabTo(page, '[data-test="again"]');
    await type('Xuncha-2021-示');
    await page.keyboard.press('Enter');
    await page.locator('[data-test="tasks"]').waitFor();

    await tabTo(page, 'nav a[href="/inspections"]');
    await page.keyboard.press('Enter');
    await page.locator('[data-test="table-inspections"] a').first().waitFor();
    await tabTo(page, '[data-test="table-inspections"] a');
    await page.keyboard.press('Enter');
    await page.locator('[data-test="make-papers"]').waitFor();
    await tabTo(page, '[data-test="make-papers"]');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.el-dialog:visible');
    await dialog.waitFor();
    await tabTo(page, '[data-test="field-title"]');
    await type('键盘录入的底稿');
    for (const [field, steps] of [['collector', 1], ['checker', 2]]) {
        await tabTo(page, `[data-test="field-${field}"]`);
        await page.keyboard.press('Enter');
        await page.locator('.el-select-dropdown:visible').waitFor();
        const wanted = page.locator('.el-select-dropdown:visible .el-select-dropdown__item').nth(steps - 1);
        await wanted.waitFor(); // the choices may come after the form
        for (let i = 0; i < 20 && !/is-hovering/.test(await wanted.getAttribute('class')); i++) {
            await page.keyboard.press('ArrowDown');
            await page.waitForTimeout(100);
        }
        await page.keyboard.press('Enter');
        await page.locator('.el-select-dropdown:visible').waitFor({ state: 'hidden' });
    }
    await tabTo(page, '[data-test="save"]');
    await page.keyboard.press('Enter');
    await page.locator('[data-test="title"]', { hasText: '键盘录入的底稿' }).waitFor();
    assert.match(await page.locator('[data-test="state"]').innerText(), /草稿/);
    await context.close();
});

test('every label of the frame in English', async () => {
    const office = await city.person('leader');
    await office.at('lang').click();
    for (const path of ['/', '/units', '/rounds', '/rectifications', '/figures']) {
        await office.go(path);
        await office.page.waitForLoadState('networkidle');
        const labels = await office.page.locator('header.bar strong, header.bar .demo, nav.menu a, main h2, main th, main label, main button').allInnerTexts();
        const left = labels.filter((text) => CHINESE.test(text) && text !== '中文');
        assert.deepEqual(left, [], path);
    }
    await office.page.context().close();
});
