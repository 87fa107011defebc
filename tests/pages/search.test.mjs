// The search over everything: from the bar by keyboard, hits with their marks, conditions, further pages, a record.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Person, openCity } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

test('"/" leads to the box; hits are marked, newest first, and open their record', async () => {
    const office = await city.person('office');
    const { page } = office;
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-test')), 'find');
    await page.keyboard.type('专项资金');
    await page.keyboard.press('Enter');
    await office.at('hit').first().waitFor();
    const marks = await office.at('hit').locator('mark').allInnerTexts();
    assert.ok(marks.length > 0 && marks.every((m) => m.includes('专项资金')), marks.join());
    const days = await office.at('hit').locator('.day').allInnerTexts();
    assert.deepEqual(days, [...days].sort().reverse());
    assert.match(await office.at('search-total').innerText(), /^(共 \d+ 条|\d+ 条以上)$/);
    assert.equal(await office.at('find').inputValue(), '专项资金');
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 1366);

    const first = office.at('hit').first().locator('a.title');
    const [href, title] = [await first.getAttribute('href'), await first.innerText()];
    await first.click();
    await page.waitForURL('**' + href);
    await page.getByText(title).first().waitFor();
    assert.deepEqual(office.troubles, []);
    await page.context().close();
});

test('kinds and days narrow it; more results follow; nothing found says what to do', async () => {
    const office = await again('office');
    await office.go('/search?q=' + encodeURIComponent('党'));
    await office.at('hit').nth(19).waitFor();
    await office.at('search-more').click();
    await office.at('hit').nth(39).waitFor();
    const links = await office.at('hit').locator('a.title').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.equal(new Set(links).size, links.length);
    await office.page.evaluate(() => window.scrollTo(0, 0));
    await office.choose(office.at('search-entity'), '单位');
    await office.page.waitForFunction(() => location.search.includes('entity=units'));
    await office.at('hit').first().waitFor();
    assert.deepEqual([...new Set(await office.at('hit').locator('.el-tag').allInnerTexts())], ['单位']);
    await office.go('/search?q=' + encodeURIComponent('没有这样的词句'));
    await office.shows('search-none', '没有找到');
    await office.go('/search');
    await office.shows('search-empty', '请输入');
    await office.at('lang').click();
    await office.shows('search-empty', 'Type what you look for');
    assert.deepEqual(office.troubles, []);
    await office.page.context().close();
});

// Who has logged in before.
async function again(login) {
    const context = await city.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const p = new Person(page, city.url);
    await page.goto(city.url);
    await p.at('login').fill(login);
    await p.at('password').fill('Xuncha-2021-示');
    await p.at('submit').click();
    await p.at('tasks').waitFor();
    return p;
}

test('a unit finds its own; an administrator has no box', async () => {
    const unit = await city.person('unit');
    await unit.at('find').fill('szczj');
    await unit.at('find').press('Enter');
    await unit.shows('search-none', '没有找到');
    await unit.at('find').fill('slsczj');
    await unit.at('find').press('Enter');
    await unit.at('hit').first().waitFor();
    assert.ok((await unit.at('hit').locator('mark').allInnerTexts()).includes('示例市财政局'));
    await unit.page.context().close();
    const admin = await city.person('sysadmin');
    assert.equal(await admin.at('find').count(), 0);
    await admin.page.context().close();
});
