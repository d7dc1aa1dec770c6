/**
 * @typedef {object} Product
 * @property {string} id
 * @property {string} sku
 * @property {string} handle the last part of its page's path
 * @property {string} name
 * @property {string} category
 * @property {number} priceCents
 * @property {number} [compareAtCents] the price before a reduction
 * @property {string} glaze
 * @property {string} size
 * @property {string} story
 * @property {string} image path of its picture
 */

export const BRAND = 'Ebbware';
export const CURRENCY = 'EUR';

/** @type {Product[]} */
export const products = [
  {
    id: '101',
    sku: 'EW-MUG-01',
    handle: 'harbour-mug',
    name: 'Harbour Mug',
    category: 'Cups',
    priceCents: 2800,
    glaze: 'Deep-water blue, pale at the rim',
    size: '330 ml, 9.5 cm high',
    story:
      'A mug with room for two fingers in the handle and a whole morning in the cup. The foot is left bare, so that the clay warms the hand before the coffee does.',
    image: '/images/EW-MUG-01.svg',
  },
  {
    id: '102',
    sku: 'EW-BWL-03',
    handle: 'kelp-bowl',
    name: 'Kelp Bowl',
    category: 'Bowls and plates',
    priceCents: 3600,
    glaze: 'Kelp green over iron clay',
    size: '900 ml, 20 cm wide',
    story:
      'Deep enough for noodles, wide enough for a salad that means it. The glaze gathers at the rim and thins on its way down, as weed does at low water.',
    image: '/images/EW-BWL-03.svg',
  },
  {
    id: '103',
    sku: 'EW-TEA-07',
    handle: 'lantern-teapot',
    name: 'Lantern Teapot',
    category: 'Pouring',
    priceCents: 9600,
    compareAtCents: 11200,
    glaze: 'Tenmoku, breaking to amber',
    size: '750 ml, bamboo handle',
    story:
      'It pours without a drip, and we tested that at length. The strainer is part of the wall; the bamboo handle folds down and stays cool.',
    image: '/images/EW-TEA-07.svg',
  },
  {
    id: '104',
    sku: 'EW-VAS-08',
    handle: 'drift-vase',
    name: 'Drift Vase',
    category: 'Vases',
    priceCents: 7800,
    glaze: 'Foam white with iron speckle',
    size: '28 cm high',
    story:
      'A narrow neck that holds three branches where you put them, and a belly heavy enough to stand in a draught.',
    image: '/images/EW-VAS-08.svg',
  },
  {
    id: '105',
    sku: 'EW-PLT-04',
    handle: 'sandbar-plate',
    name: 'Sandbar Plate',
    category: 'Bowls and plates',
    priceCents: 3200,
    glaze: 'Sand, crossed by two waves',
    size: '26 cm wide',
    story:
      'No two have the same shoreline: the waves are poured by hand, one after the other, and stop where they stop.',
    image: '/images/EW-PLT-04.svg',
  },
  {
    id: '106',
    sku: 'EW-BUD-09',
    handle: 'pebble-bud-vase',
    name: 'Pebble Bud Vase',
    category: 'Vases',
    priceCents: 2400,
    glaze: 'Buoy red',
    size: '11 cm high',
    story: 'For the one stem that came back from the walk. It was meant to be a salt cellar, and is happier like this.',
    image: '/images/EW-BUD-09.svg',
  },
  {
    id: '107',
    sku: 'EW-JUG-06',
    handle: 'saltmarsh-jug',
    name: 'Saltmarsh Jug',
    category: 'Pouring',
    priceCents: 6400,
    glaze: 'Sea lavender and sage',
    size: '1.2 l, 24 cm high',
    story: 'Water at lunch, flowers by evening. The spout is pulled, not added, which is why it never wets the cloth.',
    image: '/images/EW-JUG-06.svg',
  },
  {
    id: '108',
    sku: 'EW-ESP-02',
    handle: 'ebb-espresso-pair',
    name: 'Ebb Espresso Pair',
    category: 'Cups',
    priceCents: 3800,
    glaze: 'Celadon, and foam',
    size: '2 × 80 ml',
    story: 'Two cups without handles, thrown from one ball of clay. One is dipped once and the other twice.',
    image: '/images/EW-ESP-02.svg',
  },
  {
    id: '109',
    sku: 'EW-PLA-05',
    handle: 'squall-platter',
    name: 'Squall Platter',
    category: 'Bowls and plates',
    priceCents: 7200,
    compareAtCents: 8400,
    glaze: 'Storm grey with white crests',
    size: '38 × 17 cm',
    story: 'Long enough for a whole fish, or for everything that was left in the fridge. It makes both look intended.',
    image: '/images/EW-PLA-05.svg',
  },
];

/**
 * @param {unknown} id
 * @returns {Product | undefined}
 */
export function findProduct(id) {
  return products.find((product) => product.id === id);
}
