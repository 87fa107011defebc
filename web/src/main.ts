import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/el-message.css';
import 'element-plus/theme-chalk/el-message-box.css';
import './style.css';
import { createApp } from 'vue';
import App from './App.vue';
import { refreshSession } from './api/client';
import { router } from './router';

void refreshSession().then(() => createApp(App).use(router).mount('#app'));
