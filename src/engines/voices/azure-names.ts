// The given names in Microsoft Azure's neural voice ids (`de-DE-KatjaNeural`), by gender.

const FEMALE =
  'Adri Aarohi Abeo Aditi Agnieszka Aigul Ada Adriana Aisha Alba Alison Alva Amala Amber Ameera Amina Amira Ana Anbu Ananya ' +
  'Aria Arabella Ashley Asami Asha Asilia Athina Ava Ayanda Banu Beatriz Beatrice Bella Belkys Blessica Brenda Brigitte Camila ' +
  'Carly Catalina Celeste Charline Christel Clara Coralie Cora Dahlia Dalia Dariya Denise Dhwani Dilara Ebba Eka Ekaterina ' +
  'Elena Eloise Elizabeth Elke Elsa Elsie Elvira Emel Emily Emma Emmanuelle Estrella Evelyn Ezinne Fabiola Fatima Fiamma ' +
  'Francisca Freya Gabrijela Ganga Giovanna Gisela Giza Grace Gudrun Hala Hadjer Heami HiuGaai HiuMaan Hillevi HsiaoChen HsiaoYu ' +
  'Hollie HoaiMy Iman Imani Imelda Ingrid Irene Iris Iselin Irma Isabella Isidora Jacqueline Jane Jenny JiMin Joanna Josephine ' +
  'Joana Julia Kalina Kani Karina Karla Katja Kavya Kim Klarissa Konomi Laia Laila Lani Larissa Layla Leah Leonor ' +
  'Leila Leni Leticia Libby Lorena Lola Louisa Luna Luciana Madina Maisie Maja Margarita Maria Maren Marina Marisol Marta ' +
  'Maryam Mayu Mekdes Mia Michelle Milena Misaki Mouna Nancy Nanami Natasha Natalia Neerja Nia Nichola Nilar Nirmala Noemi ' +
  'Nofar Noora Nomsa Nuria Olivia Onica Ornela Orla Palmira Paloma Paola Pallavi Pernille Pimpisara Polina Posy Premwadee Ramona ' +
  'Rania Raquel Rehema Renata Rosa Sabina Salma Sana Salome Samantha Sapna Sara Saranya Seraphina Selma Shruti Siti ' +
  'SeoHyeon SoonBok Sofia Sofie Sonia Sophie Sobhana Sreymom Suvi Svetlana Swara Sylvie Tania Tanishaa Tanja Tanya Teresa Thalita Thilini ' +
  'Tina Uzma Valentina Vaishali Vaselina Vera Victoria Viktoria Vlasta Xiaochen Xiaohan Xiaomeng Xiaomo Xiaoqiu Xiaorou Xiaorui ' +
  'Xiaoshuang Xiaoxiao Xiaoxuan Xiaoyan Xiaoyi Xiaoyou Xiaozhen Xiaobei Xiaoni Xiaomin Xiaotong Ximena Yan Yamini Yelda Yesui Yolanda Yvette Yasmin ' +
  'Yagmur Yara YuJin Zariyah Zira Zofia Zsofia'

const MALE =
  'Abbas Abdullah Abeeb Adam Ahmet Aarav Alain Aleksandar Alex Alessio Alonso Alvaro Ali Amare Andrew Andres Anil Anders Angelo ' +
  'Antonio Antoine Anton Antonin Arnau Arif Ardi Arthur Aryan Asad Ashwin Attila Avri Babek Bashkar Baoluo Bataa Bela Benigno ' +
  'Benjamin Bernd Blagovest Bongani Boris Borislav Brandon Brian Byron Cataldo Carlos Chilemba Christoph Christopher Claude ' +
  'Colm Conrad Connor Cosimo Damir Darren Daniel Daulet Davis Dario Diego Dmitry Donato Duarte Duncan Eric Elimu Elias ' +
  'Elliot Emilio Emil Enrique Ethan Eugene Fabio Farid Faisal Federico Fabrice Fardin Filip Fernando Finn Florian Gary ' +
  'Gerard Gerardo Gianni Giorgi Gonzalo Goran Guy Gunnar Gonzalo Guillaume Hamdan Hamed Harri Henri ' +
  'Henrique HyunSu Humberto Ihor InJoon Ilir Ismael Jajang Jamal Jason Jacob Jaume Jean Jerome Jakub Jeppe Jon Jorge Jorre Jose ' +
  'Joseph Julio Juan Kai Karsten Karlis Karan Kasper Keita Ken Khaled Killian Kumar Kunal Laith Lado Leonas Liam Lisandro ' +
  'Lorenzo Lucas Lucjan Luca Luis Luke Lukas Luuk Maarten Madhur Manish Manuel Marek Mario Marco Mark Masaru Mattias Matteo ' +
  'Matej Maurice Mauricio Maxim Mehdi Midhun Mikael Miguel Mihkel Mihajlo Mitchell Mohan Moaz Montri Moussa NamMinh Nasser ' +
  'Naoki Nestoras Neil Nguyen Nicolas Niranjan Niwat Noah Nikola Nils Oliver Omar Osman Ostap Pavel Pedro Peter Prabhat ' +
  'Pradeep Piseth Prem Ralf Rafiki Ravi Rehaan Remy Reza Rinaldo Roberto Rodrigo Roger Ryan Rohan Rizwan Sagar Saif Sabelo Salem ' +
  'Salman Sameer Sardor Sebastian Serkan Shakir Sorin Stefan Stefanos Steffan Suresh Szabolcs Taim Tamas ' +
  'Thabo Themba Theo Thiago Thiha Thomas Tim Timur Tomas Tony Ugurcan Valerio Valluvar Victor Viktor Vinicius Wayne WanLung Werner ' +
  'Willem William YunJhe Yunfeng Yunhao Yunjian Yunjie Yunxi Yunxia Yunyang Yunye Yunze YunJhe Yunyi Zoltan'

const GENDERS: ReadonlyMap<string, 'female' | 'male'> = new Map([
  ...names(FEMALE).map((name) => [name, 'female'] as const),
  ...names(MALE).map((name) => [name, 'male'] as const),
])

/** An id of that kind, taken apart. */
export type AzureId = {
  /** BCP 47: `de-DE`. */
  readonly locale: string
  /** Null where the name is not in the table. */
  readonly gender: 'female' | 'male' | null
}

const ID =
  /^([a-z]{2,3}(?:-[A-Za-z]{4})?-(?:[A-Z]{2}|\d{3}))(?:-[a-z]+)?-([A-Za-z]+?)\d*(?:Multilingual|Expressive|Turbo|:\w+?)*Neural\w*$/u

/** Takes an Azure voice id apart, or gives null for any other id. */
export function readAzureId(id: string): AzureId | null {
  const match = ID.exec(id.trim())
  if (match === null) return null
  return { locale: match[1]!, gender: GENDERS.get(match[2]!.toLowerCase()) ?? null }
}

function names(list: string): string[] {
  return list.toLowerCase().split(' ')
}
