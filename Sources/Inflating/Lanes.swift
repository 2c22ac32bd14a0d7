// This page is compiled once more for processors that shift by any register (BMI2).

/// Inflates whole streams (RFC 1951) of any number.
///
/// - Parameters:
///   - sources: each begins with a stream's first byte and ends behind its last.
///   - readable: how many bytes may be read behind each stream; fewer than 16 make it fail.
///   - targets: exactly as long as what each stream holds. Where one fails, what it is filled with is not said.
///   - isWhole: becomes whether each stream was whole and filled its target.
@inline(never)
package func inflateInStep(
  _ sources: UnsafePointer<UnsafeRawBufferPointer>, readable: UnsafePointer<Int>,
  into targets: UnsafePointer<UnsafeMutableRawBufferPointer>, count: Int,
  isWhole: UnsafeMutablePointer<Bool>
) {
  let memory = LaneMemory()
  defer { memory.deallocate() }
  let lanes = UnsafeMutablePointer<Lane>.allocate(capacity: laneCount)
  defer { unsafe lanes.deallocate() }
  for index in 0..<laneCount { unsafe (lanes + index).initialize(to: memory.idleLane(index)) }
  // The stream in each lane.
  var streams = InlineArray<5, Int>(repeating: -1)
  var next = 0
  while true {
    var active = 0
    var last = 0
    for index in 0..<laneCount {
      let lane = unsafe lanes + index
      while unsafe lane.pointee.state != .inBlock {
        if unsafe lane.pointee.state == .betweenBlocks {
          unsafe lane.pointee.readHeader(memory.symbols, memory.work)
          continue
        }
        if streams[index] >= 0 {
          unsafe isWhole[streams[index]] = unsafe lane.pointee.state == .done
        }
        if next < count {
          streams[index] = next
          unsafe lane.pointee = unsafe Lane(
            sources[next], readable: readable[next], targets[next], memory.tables(of: index))
          next &+= 1
        } else {
          streams[index] = -1
          unsafe lane.pointee = memory.idleLane(index)
          unsafe lane.pointee.keepCompany()
        }
      }
      if streams[index] >= 0 {
        active &+= 1
        last = index
      }
    }
    switch active {
    case 0: return
    case 1: unsafe lanes[last].decodeAlone()
    default:
      guard let index = unsafe firstWithoutRoom(lanes) else {
        unsafe decodeInStep(lanes, memory.tables)
        continue
      }
      if streams[index] >= 0 {
        unsafe lanes[index].decodeAlone()
      } else {
        unsafe lanes[index].written = unsafe lanes[index].start
      }
    }
  }
}

/// The first lane without room.
private func firstWithoutRoom(_ lanes: UnsafeMutablePointer<Lane>) -> Int? {
  for index in 0..<laneCount where unsafe !lanes[index].hasRoom { return index }
  return nil
}

/// What the lanes share, and the tables of each.
@safe
private struct LaneMemory {
  let tables: UnsafeMutablePointer<Entry>
  private let idle: UnsafeMutableRawPointer
  /// What a lane without a stream writes to.
  private static let idleBytes = 4096

  init() {
    let entries = laneCount * Lane.stride + Alphabet.codeLengths.capacity + Symbols.count
    unsafe tables = UnsafeMutablePointer<Entry>.allocate(capacity: entries)
    unsafe idle = UnsafeMutableRawPointer.allocate(byteCount: Self.idleBytes, alignment: 16)
    unsafe Symbols.write(to: symbols)
  }

  func deallocate() {
    unsafe tables.deallocate()
    unsafe idle.deallocate()
  }

  func tables(of lane: Int) -> UnsafeMutablePointer<Entry> { unsafe tables + lane * Lane.stride }

  /// For the code of the lengths of codes, which is needed in a header only.
  var work: UnsafeMutablePointer<Entry> { unsafe tables + laneCount * Lane.stride }

  var symbols: UnsafeMutablePointer<Entry> { unsafe work + Alphabet.codeLengths.capacity }

  /// One that has no stream and is not in step.
  func idleLane(_ index: Int) -> Lane {
    unsafe Lane(
      read: UnsafeRawPointer(idle), written: idle, lastRead: UnsafeRawPointer(idle),
      streamEnd: UnsafeRawPointer(idle), start: idle, end: idle + Self.idleBytes,
      tables: tables(of: index), state: .done)
  }
}

extension Lane {
  /// A stream from its beginning.
  fileprivate init(
    _ source: UnsafeRawBufferPointer, readable: Int, _ target: UnsafeMutableRawBufferPointer,
    _ tables: UnsafeMutablePointer<Entry>
  ) {
    let empty = UnsafeMutableRawPointer(tables)
    let first = unsafe source.baseAddress ?? UnsafeRawPointer(empty)
    let end = unsafe first + source.count
    let start = unsafe target.baseAddress ?? empty
    let isReadable = unsafe source.baseAddress != nil && target.baseAddress != nil && readable >= 16
    unsafe self.init(
      read: first, written: start, lastRead: end + (readable - 8), streamEnd: end, start: start,
      end: start + target.count, tables: tables, state: isReadable ? .betweenBlocks : .failed)
  }

  /// From here on a lane without a stream meets nothing but literals that take no bits, so that those with one are in
  /// step.
  fileprivate mutating func keepCompany() {
    unsafe tables.update(repeating: literal, count: 1 << Alphabet.lengths.tableBits)
    bits = 1 << 63
    state = .inBlock
  }
}
