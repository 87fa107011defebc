// Figures checked on the page: pasted, marked in the text, explained, filtered; a Word document; a file that is none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';
import { docx } from '../api/docx.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());

const TEXT = '五年来，巡察反馈的4173个问题办结4119个，办结率达98.81%。\n本轮发现问题283个，其中第一轮186个、第二轮97个；满意度较上年提高1.2个百分点。';

test('a pasted text: marks, computation, filter', async () => {
    await office.go('/');
    await office.page.locator('nav.menu a', { hasText: '数字核对' }).click();
    await office.at('check-text').fill(TEXT);
    await office.at('check-run').click();
    await office.shows('check-counts', '不一致 1 处');
    assert.match(await office.at('claim-inconsistent').innerText(), /4119 ÷ 4173 = 98\.71 %，文中为 98\.81 %[\s\S]*规则：比率/);
    const wrong = office.page.locator('mark.inconsistent');
    assert.equal((await wrong.allInnerTexts()).join(''), '4173个问题办结4119个，办结率达98.81%');
    await wrong.first().click();
    await office.page.locator('[data-test="claim-inconsistent"].chosen').waitFor();
    assert.equal(await office.page.locator('mark.consistent').count(), 0);
    await office.page.locator('.tick-consistent').click();
    await office.page.locator('mark.consistent').first().waitFor();
    assert.match((await office.at('claim-consistent').allInnerTexts()).join('\n'), /186 \+ 97 = 283，与文中一致/);
    assert.equal(await office.at('check-marks').innerText(), TEXT);
    assert.deepEqual(office.troubles, []);
});

test('a Word document, and a file that is none', async () => {
    await office.go('/check');
    await office.at('check-file').setInputFiles({ name: '报告.docx', mimeType: 'application/octet-stream', buffer: docx(['共移交线索45条：东镇12条、西镇9条、南镇15条、北镇7条。']) });
    await office.shows('check-counts', '不一致 1 处');
    assert.match(await office.at('claim-inconsistent').innerText(), /12 \+ 9 \+ 15 \+ 7 = 43，文中为 45/);
    await office.at('check-file').setInputFiles({ name: '旧稿.doc', mimeType: 'application/msword', buffer: Buffer.from('d0cf11e0a1b11ae100', 'hex') });
    await office.page.locator('.el-message', { hasText: '另存为不带密码的 .docx' }).waitFor();
    assert.deepEqual(office.troubles, []);
});

test('an administrator has no such page in the menu', async () => {
    const admin = await city.person('sysadmin');
    assert.equal(await admin.page.locator('nav.menu a', { hasText: '数字核对' }).count(), 0);
});
