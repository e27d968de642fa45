// Names and voices that fit people who are generated.
import type { Avatar } from '../../core/library.ts'
import type { PersonRequest } from './wishes.ts'

const NAMES: Readonly<Record<Avatar['ethnicity'], Readonly<Record<Avatar['gender'], readonly string[]>>>> = {
  european: {
    female: ['Clara', 'Elise', 'Freya', 'Hanna', 'Katrin', 'Livia', 'Milena', 'Rosa'],
    male: ['Anton', 'Bruno', 'Emil', 'Jonas', 'Lukas', 'Mattia', 'Oskar', 'Tomas'],
  },
  north_american: {
    female: ['Abigail', 'Brooke', 'Caroline', 'Hailey', 'Jordan', 'Madison', 'Paige', 'Sierra'],
    male: ['Austin', 'Blake', 'Caleb', 'Cole', 'Hunter', 'Logan', 'Mason', 'Wyatt'],
  },
  south_american: {
    female: ['Beatriz', 'Camila', 'Fernanda', 'Isabel', 'Luciana', 'Marisol', 'Paula', 'Valeria'],
    male: ['Andrés', 'Bruno', 'Emilio', 'Felipe', 'Joaquín', 'Mateo', 'Rafael', 'Thiago'],
  },
  african: {
    female: ['Abena', 'Chidinma', 'Efua', 'Imani', 'Makena', 'Nia', 'Thandi', 'Zola'],
    male: ['Ade', 'Chidi', 'Jabari', 'Kofi', 'Obi', 'Sefu', 'Tendai', 'Zuberi'],
  },
  south_asian: {
    female: ['Anika', 'Divya', 'Ishani', 'Kavya', 'Meera', 'Nandini', 'Priya', 'Tara'],
    male: ['Aarav', 'Dev', 'Ishaan', 'Karan', 'Nikhil', 'Rohan', 'Sanjay', 'Vikram'],
  },
  east_asian: {
    female: ['Aiko', 'Haruka', 'Jia', 'Lan', 'Mina', 'Soo-ah', 'Xin', 'Yuna'],
    male: ['Daichi', 'Hao', 'Jun', 'Kenji', 'Minho', 'Ren', 'Wei', 'Yong'],
  },
  middle_eastern: {
    female: ['Amira', 'Dalia', 'Farah', 'Leyla', 'Nadia', 'Rania', 'Samira', 'Yasmin'],
    male: ['Amir', 'Farid', 'Hassan', 'Karim', 'Nabil', 'Rami', 'Tariq', 'Yusuf'],
  },
}

/** Names of an origin and gender. */
export const namesOf = (ethnicity: Avatar['ethnicity'], gender: Avatar['gender']): readonly string[] =>
  NAMES[ethnicity][gender]

const VOICES: Readonly<Record<Avatar['gender'], Readonly<Record<PersonRequest['age'], string>>>> = {
  female: {
    teenager: 'espeak-en-us-f2',
    young_adult: 'flite-slt',
    adult: 'espeak-en-us-f4',
    senior: 'espeak-en-us-f4',
  },
  male: { teenager: 'espeak-en-us-m7', young_adult: 'flite-kal', adult: 'flite-rms', senior: 'espeak-en-us-m1' },
}

/** A voice of the catalogue that fits a gender and an age. */
export const voiceOf = ({ gender, age }: Pick<PersonRequest, 'gender' | 'age'>): string => VOICES[gender][age]
