import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vite';

// Pages are built into the program: relative to its root, old office browsers included, nothing inlined (CSP).
export default defineConfig({
    plugins: [vue(), components({ resolvers: [ElementPlusResolver({ importStyle: 'css' })], dirs: [], dts: false })],
    build: { target: 'es2017', assetsInlineLimit: 0, reportCompressedSize: false, modulePreload: { polyfill: false } },
});
