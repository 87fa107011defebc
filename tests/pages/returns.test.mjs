// The office sends an application back to the supervisor, then to the unit, and says what is missing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const dialog = (who) => who.page.locator('.el-dialog:visible');

test('an application is returned to a step, then to the unit', { timeout: 120000 }, async () => {
    const unit = await city.person('unit');
    await unit.go('/rectifications?state=ongoing');
    await unit.page.locator('[data-test="table-rectifications"] .el-table__body tr').locator('a').first().click();
    await unit.page.waitForURL(/\/rectifications\/\w+/);
    const item = new URL(unit.page.url()).pathname;
    await unit.at('edit').click();
    await unit.fill({ result: '验收单已补齐。' });
    await unit.save();
    await unit.page.getByText('验收单已补齐。').first().waitFor();
    await unit.go(item);
    await unit.page.waitForLoadState('networkidle'); // all parts of the card are drawn
    await unit.attach('整改佐证.txt', '验收单目录\n');
    await unit.move('apply');
    await unit.shows('state', '申请销号');

    const supervisor = await city.person('discipline');
    await supervisor.go(item);
    await supervisor.at('do-return').click();
    await dialog(supervisor).locator('[data-test="field-reason"]').waitFor();
    assert.equal(await dialog(supervisor).locator('[data-test="field-to"]').count(), 0, 'before the first step there is none');
    await supervisor.page.keyboard.press('Escape');
    await supervisor.move('review', { opinion: '佐证齐全' });

    const office = await city.person('office');
    await office.go(item);
    await office.at('do-return').click();
    await office.fill({ to: { choice: '监督单位审核' }, reason: '未见验收结论。', missing: '竣工验收结论' }, dialog(office));
    await office.shot('return-dialog');
    await office.save(dialog(office));
    await office.shows('state', '申请销号');
    await office.shows('missing', '竣工验收结论');

    await supervisor.go('/');
    await supervisor.at('task-missing').getByText('竣工验收结论').waitFor();
    await supervisor.go(item);
    await supervisor.move('review', { opinion: '已补' });
    await office.go(item);
    await office.move('return', { reason: '照片不清。', missing: '整改前后照片' });
    await office.shows('state', '整改中');
    await unit.go('/');
    await unit.at('task-missing').getByText('整改前后照片').waitFor();
    await unit.go(item);
    await unit.shows('missing', '整改前后照片');
    await unit.shot('returned');
    for (const person of [unit, supervisor, office]) assert.deepEqual(person.troubles, []);
});
