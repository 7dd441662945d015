import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Invitación a un equipo',
  heading: '{inviter} te invita al equipo de {organisation}',
  yourRole: 'Tu rol',
  owner: 'Propietario',
  ownerText: 'puede hacerlo todo, también cambiar el equipo',
  manager: 'Gestor',
  managerText: 'lleva los eventos',
  door: 'Acceso',
  doorText: 'comprueba las entradas',
  until: 'Válida hasta',
  forAddress: 'Enviada a',
  accept: 'Aceptar',
  decline: 'Rechazar',
  accepted: 'Ya estás en el equipo',
  acceptedText: 'Ahora trabajas para {organisation}.',
  goOn: 'Continuar',
  declined: 'Rechazada',
  declinedText: 'No estás en el equipo de {organisation}, y durante una semana no puede volver a invitarte.',
  expired: 'Esta invitación ha caducado',
  expiredText: 'Pide a {inviter} que la envíe de nuevo.',
  withdrawn: 'Esta invitación se ha retirado',
  withdrawnText: 'Si crees que es un error, pregunta a {organisation}.',
  used: 'Esta invitación ya se aceptó',
  usedText: 'Vale una sola vez. Si no fuiste tú, pregunta a {organisation}.',
  unknown: 'Este enlace no funciona',
  unknownText: 'Quizá esté incompleto. Ábrelo otra vez desde el correo o pide una invitación nueva.',
  signInText: 'Para aceptarla, inicia sesión con la dirección {email} o abre una cuenta con ella.',
  signIn: 'Iniciar sesión',
  signUp: 'Abrir una cuenta',
  otherAddress:
    'Has iniciado sesión como {own}, pero la invitación se envió a {email}. Inicia sesión con esa dirección o pide a {inviter} que invite a {own}.',
  otherAccount: 'Usar otra cuenta',
  verifyText:
    'Confirma primero que {email} es tuya: te hemos enviado un correo con un enlace que te trae de vuelta aquí.',
  sendVerification: 'Enviar el correo de nuevo',
  verificationSent: 'Enviado. Mira tu correo.',
  home: 'Ir a los eventos',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
