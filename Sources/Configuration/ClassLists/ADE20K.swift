internal import Core

// The 150 classes of ADE20K's scene parsing: CSAILVision/sceneparsing, objectInfo150.csv; names as
// MMSegmentation 1.2 writes them (mmseg/datasets/ade.py), which are each row's first.
extension KnownClasses {
  /// By the numbers of `annotations/*.png`, 1 to 150, where 0 is nothing and does not count; predictions
  /// by those that a model trained on them writes, 0 to 149.
  static let ade20k = KnownClasses(
    "ade20k",
    ade20kClasses.map { entry in
      var entry = entry
      entry.labels.truth = entry.labels.truth.map { $0 + 1 }
      return entry
    }, void: [0])

  /// Both sides from 0 to 149, with 255 for what does not count.
  static let ade20kTrainIDs = KnownClasses("ade20k-train-ids", ade20kClasses, void: [255])

  private static let ade20kClasses = numbered(
    """
    wall
    building
    sky
    floor
    tree
    ceiling
    road
    bed
    windowpane
    grass
    cabinet
    sidewalk
    person
    earth
    door
    table
    mountain
    plant
    curtain
    chair
    car
    water
    painting
    sofa
    shelf
    house
    sea
    mirror
    rug
    field
    armchair
    seat
    fence
    desk
    rock
    wardrobe
    lamp
    bathtub
    railing
    cushion
    base
    box
    column
    signboard
    chest of drawers
    counter
    sand
    sink
    skyscraper
    fireplace
    refrigerator
    grandstand
    path
    stairs
    runway
    case
    pool table
    pillow
    screen door
    stairway
    river
    bridge
    bookcase
    blind
    coffee table
    toilet
    flower
    book
    hill
    bench
    countertop
    stove
    palm
    kitchen island
    computer
    swivel chair
    boat
    bar
    arcade machine
    hovel
    bus
    towel
    light
    truck
    tower
    chandelier
    awning
    streetlight
    booth
    television receiver
    airplane
    dirt track
    apparel
    pole
    land
    bannister
    escalator
    ottoman
    bottle
    buffet
    poster
    stage
    van
    ship
    fountain
    conveyer belt
    canopy
    washer
    plaything
    swimming pool
    stool
    barrel
    basket
    waterfall
    tent
    bag
    minibike
    cradle
    oven
    ball
    food
    step
    tank
    trade name
    microwave
    pot
    animal
    bicycle
    lake
    dishwasher
    screen
    blanket
    sculpture
    hood
    sconce
    vase
    traffic light
    tray
    ashcan
    fan
    pier
    crt screen
    plate
    monitor
    bulletin board
    shower
    radiator
    glass
    clock
    flag
    """)
}
