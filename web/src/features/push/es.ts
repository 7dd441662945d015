export default {
  title: 'Notificaciones en este dispositivo',
  text: 'Entérate al momento si un evento tuyo cambia de fecha o se cancela. Puedes desactivarlo en tu cuenta.',
  refused:
    'Este navegador no permite notificaciones de este sitio. Puedes cambiarlo en sus ajustes para este sitio.',
  on: 'Avísame en este dispositivo',
  off: 'No más notificaciones aquí',
  isOn: 'Este dispositivo muestra notificaciones.',
  failed: 'El navegador no pudo conectar con su servicio de notificaciones. Inténtalo más tarde.',
} as const;
