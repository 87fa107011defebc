// A paper read back on the pages: taken out as a Word file, changed with LibreOffice, looked at, entered.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { editedInWriter } from '../api/libreoffice.mjs';
import { openCity } from './lib.mjs';

let city, unit;
before(async () => {
    city = await openCity();
    unit = await city.person('unit');
});
after(() => city.close());

const read = (bytes) => unit.at('returned-file').setInputFiles({ name: '整改台账（改）.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: bytes });

test('taken out, changed, read back, entered', async () => {
    await unit.go('/inspections');
    await unit.page.locator('[data-test="table-inspections"] .el-table__body tr').first().locator('a').first().click();
    await unit.at('documents').click();
    const row = unit.at('document-rectification_list');
    const [download] = await Promise.all([unit.page.waitForEvent('download'), row.locator('button', { hasText: 'Word' }).click()]);
    const list = readFileSync(await download.path());
    await unit.page.locator('[data-test="document-menu"] a', { hasText: '读回文书' }).click();
    await read(list);
    await unit.at('returned-nothing').waitFor();

    const back = editedInWriter(list, (xml) => xml.replace(/(<text:bookmark-start[^>]*name="c[^"]*"[^>]*\/>)([^<]+)(<text:bookmark-end[^>]*\/>)(?![\s\S]*<text:bookmark-start[^>]*name="c[^"]*"[^>]*\/>[^<]+<text:bookmark-end)/, '$1$2（已复核）$3'));
    await read(back);
    await unit.at('returned-plan').waitFor();
    await unit.shot('plan');
    assert.match(await unit.at('returned-plan').innerText(), /（已复核）/);
    await unit.at('returned-enter').click();
    await unit.at('returned-nothing').waitFor();
    await unit.shot('entered');
});
