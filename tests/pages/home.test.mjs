// The first page: the digest opens what it counted, a task is passed on only to who may do it, what was done is listed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());

test('a line of the digest opens exactly what it counted', async () => {
    const line = office.at('digest-items_late');
    const count = Number((await line.innerText()).match(/\d+/)[0]);
    assert.ok(count > 0);
    await line.click();
    await office.page.waitForURL(/rectifications\?/);
    assert.equal(await office.total(), count);
});

test('passing a task on: the form says who may have it', async () => {
    await office.go('/');
    await office.at('pass').first().click();
    const dialog = office.page.locator('.el-dialog:visible');
    await office.fill({ person: { choice: '石示鉴' }, reason: '由联络室办理' }, dialog);
    await office.save(dialog);
    await office.page.getByText('没有办理这项工作的角色').first().waitFor();
    await dialog.locator('.el-dialog__headerbtn').click();
    await office.go('/');
    await office.at('tasks').waitFor();
    assert.deepEqual(office.troubles, []);
});
