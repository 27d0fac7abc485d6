internal import CGLPK

/// Owns one GLPK problem for the length of a call.
///
/// GLPK keeps its memory per thread: a problem made on one thread and freed on another aborts the process.
/// Hence the value cannot be copied, and lives in a `LinearProgramSession` only, which is lent to a synchronous
/// closure that cannot change threads. All 1-based indices live in this file.
struct GLPKProblem: ~Copyable {
  private let pointer: OpaquePointer
  private var start = Start.nothing
  private let isMixedInteger: Bool

  /// What the basis at hand is good for.
  private enum Start {
    /// No solve has left one.
    case nothing
    /// Bounds or rows have changed since the last solve: still dual feasible, as a rule.
    case changedBounds
    /// Costs alone have changed: still primal feasible.
    case changedCosts
  }

  /// - Precondition: `program.mistakes` is empty.
  init(_ program: LinearProgram) {
    // Messages are a setting of the thread, so they are turned off in every call.
    glp_term_out(GLP_OFF)
    pointer = glp_create_prob()
    isMixedInteger = program.isMixedInteger
    glp_set_obj_dir(pointer, program.direction == .minimize ? GLP_MIN : GLP_MAX)
    glp_set_obj_coef(pointer, 0, program.constant)
    if !program.columns.isEmpty { glp_add_cols(pointer, Int32(program.columns.count)) }
    for (index, column) in program.columns.enumerated() {
      if column.kind != .continuous { glp_set_col_kind(pointer, Int32(index + 1), GLP_IV) }
      setBounds(ofColumn: index, to: column.limits)
      setObjective(ofColumn: index, to: column.objective)
    }
    for constraint in program.constraints { add(constraint) }
    glp_scale_prob(pointer, GLP_SF_AUTO)
    start = .nothing
  }

  deinit { glp_delete_prob(pointer) }

  /// Bounds whose lower one is above the upper one must be replaced before the next solve.
  mutating func setBounds(ofColumn index: Int, to bounds: (lower: Double, upper: Double)) {
    let kind = Self.kind(lower: bounds.lower, upper: bounds.upper)
    glp_set_col_bnds(pointer, Int32(index + 1), kind, bounds.lower, bounds.upper)
    if start != .nothing { start = .changedBounds }
  }

  mutating func setObjective(ofColumn index: Int, to coefficient: Double) {
    glp_set_obj_coef(pointer, Int32(index + 1), coefficient)
  }

  mutating func setBounds(ofRow index: Int, to bounds: ClosedRange<Double>) {
    let kind = Self.kind(lower: bounds.lowerBound, upper: bounds.upperBound)
    glp_set_row_bnds(pointer, Int32(index + 1), kind, bounds.lowerBound, bounds.upperBound)
    if start != .nothing { start = .changedBounds }
  }

  mutating func add(_ constraint: LinearProgram.Constraint) {
    let row = glp_add_rows(pointer, 1)
    // GLPK reads from element 1 on.
    let indices = [0] + constraint.terms.map { Int32($0.variable.index + 1) }
    let coefficients = [0] + constraint.terms.map(\.coefficient)
    glp_set_mat_row(pointer, row, Int32(constraint.terms.count), indices, coefficients)
    setBounds(ofRow: Int(row) - 1, to: constraint.bounds)
  }

  /// GLPK's kind of bounds.
  private static func kind(lower: Double, upper: Double) -> Int32 {
    switch (lower == -.infinity, upper == .infinity) {
    case (true, true): GLP_FR
    case (true, false): GLP_UP
    case (false, true): GLP_LO
    case (false, false): lower == upper ? GLP_FX : GLP_DB
    }
  }

  mutating func solve(_ options: SolveOptions) -> LinearSolution {
    var parameters = glp_smcp()
    glp_init_smcp(&parameters)
    parameters.msg_lev = GLP_MSG_OFF
    parameters.it_lim = Int32(clamping: options.iterationLimit)
    parameters.meth = start == .changedBounds ? GLP_DUALP : GLP_PRIMAL
    let before = glp_get_it_cnt(pointer)
    var code = glp_simplex(pointer, &parameters)
    let isSettled = code == GLP_EITLIM || code == 0 && (parameters.meth == GLP_PRIMAL || hasAnswer)
    if !isSettled {
      // A basis that cannot be factorized, or a dual method that found no dual feasible point, which does not
      // tell an unbounded program from an infeasible one: begin anew from a simple basis.
      glp_adv_basis(pointer, 0)
      parameters.meth = GLP_PRIMAL
      code = glp_simplex(pointer, &parameters)
    }
    start = .changedCosts
    let solution = relaxation(code: code, iterations: Int(glp_get_it_cnt(pointer) - before))
    guard isMixedInteger, solution.status == .optimal else {
      return isMixedInteger ? solution.withoutPoint() : solution
    }
    return branchAndBound(options, root: solution)
  }

  /// Branch and bound aborts on an integer variable so large that adding a half does not change it. So none may
  /// go there during it; no program that makes sense wants to.
  private static let largestInteger = 1e15

  /// Gives every integer variable without bounds very wide ones.
  ///
  /// - Returns: the variables changed, 1-based, with the bounds to give back.
  private mutating func boundIntegers() -> [(column: Int32, kind: Int32, lower: Double, upper: Double)] {
    let open = columnNumbers.filter {
      glp_get_col_kind(pointer, $0) == GLP_IV
        && [GLP_FR, GLP_LO, GLP_UP].contains(glp_get_col_type(pointer, $0))
    }
    return open.map { column in
      let kind = glp_get_col_type(pointer, column)
      let (lower, upper) = (glp_get_col_lb(pointer, column), glp_get_col_ub(pointer, column))
      glp_set_col_bnds(
        pointer, column, GLP_DB, max(lower, -Self.largestInteger), min(upper, Self.largestInteger))
      return (column, kind, lower, upper)
    }
  }

  /// Whether the last solve told optimal, infeasible and unbounded apart.
  private var hasAnswer: Bool { [GLP_OPT, GLP_NOFEAS, GLP_UNBND].contains(glp_get_status(pointer)) }

  private borrowing func relaxation(code: Int32, iterations: Int) -> LinearSolution {
    let stop: StopReason =
      switch code {
      case 0: .finished
      case GLP_EITLIM: .iterationLimit
      default: .numericalTrouble
      }
    let status: SolutionStatus =
      switch glp_get_status(pointer) {
      case GLP_OPT: .optimal
      case GLP_FEAS: .feasible
      case GLP_NOFEAS: .infeasible
      case GLP_UNBND: .unbounded
      default: .unknown
      }
    let hasPoint = status == .optimal || status == .feasible
    let point = hasPoint ? point() : nil
    guard point?.isFinite ?? true else { return .numericalTrouble(iterations: iterations) }
    return LinearSolution(
      stop: stop, status: status, point: point,
      bound: status == .optimal ? glp_get_obj_val(pointer) : nil, iterations: iterations)
  }

  private borrowing func point() -> LinearPoint {
    let rows = rowNumbers
    let columns = columnNumbers
    return LinearPoint(
      objective: glp_get_obj_val(pointer), values: columns.map { glp_get_col_prim(pointer, $0) },
      activities: rows.map { glp_get_row_prim(pointer, $0) },
      duals: rows.map { glp_get_row_dual(pointer, $0) },
      reducedCosts: columns.map { glp_get_col_dual(pointer, $0) })
  }

  private var rowNumbers: [Int32] { (0..<glp_get_num_rows(pointer)).map { $0 + 1 } }
  private var columnNumbers: [Int32] { (0..<glp_get_num_cols(pointer)).map { $0 + 1 } }

  private mutating func branchAndBound(_ options: SolveOptions, root: LinearSolution) -> LinearSolution {
    let isHuge = columnNumbers.contains {
      glp_get_col_kind(pointer, $0) == GLP_IV && abs(glp_get_col_prim(pointer, $0)) > Self.largestInteger / 2
    }
    guard !isHuge else { return .numericalTrouble(iterations: root.iterations) }
    let opened = boundIntegers()
    defer {
      for (column, kind, lower, upper) in opened { glp_set_col_bnds(pointer, column, kind, lower, upper) }
    }
    var watch = TreeWatch(
      nodeLimit: options.nodeLimit, isMinimum: glp_get_obj_dir(pointer) == GLP_MIN, bound: root.bound ?? 0)
    let code = withUnsafeMutablePointer(to: &watch) { watch in
      var parameters = glp_iocp()
      glp_init_iocp(&parameters)
      parameters.msg_lev = GLP_MSG_OFF
      parameters.mip_gap = options.relativeGap
      parameters.cb_func = watchTree
      parameters.cb_info = UnsafeMutableRawPointer(watch)
      return glp_intopt(pointer, &parameters)
    }
    let stop: StopReason =
      switch code {
      case 0: .finished
      case GLP_ESTOP: .nodeLimit
      case GLP_EMIPGAP: .gapReached
      default: .numericalTrouble
      }
    let status: SolutionStatus =
      switch glp_mip_status(pointer) {
      case GLP_OPT: .optimal
      case GLP_FEAS: code == GLP_EMIPGAP ? .optimal : .feasible
      case GLP_NOFEAS: .infeasible
      default: .unknown
      }
    let hasPoint = status == .optimal || status == .feasible
    let objective = glp_mip_obj_val(pointer)
    var bound: Double? = watch.bound
    if status == .infeasible {
      bound = nil
    } else if code == 0 {
      bound = objective
    } else if hasPoint {
      // Open nodes that are worse than the best values known prove no more than these do.
      bound = watch.isMinimum ? min(watch.bound, objective) : max(watch.bound, objective)
    }
    return LinearSolution(
      stop: stop, status: status, point: hasPoint ? integerPoint(objective: objective) : nil, bound: bound,
      iterations: root.iterations)
  }

  private borrowing func integerPoint(objective: Double) -> LinearPoint {
    LinearPoint(
      objective: objective, values: columnNumbers.map { glp_mip_col_val(pointer, $0) },
      activities: rowNumbers.map { glp_mip_row_val(pointer, $0) }, duals: [], reducedCosts: [])
  }
}

/// What the callback of branch and bound keeps an eye on.
private struct TreeWatch {
  let nodeLimit: Int
  let isMinimum: Bool
  /// Best bound of the open nodes; at first the root's.
  var bound: Double
}

/// Called by GLPK inside branch and bound: remembers the bound and ends the search at the node limit.
private func watchTree(_ tree: OpaquePointer?, _ info: UnsafeMutableRawPointer?) {
  guard let tree, let watch = info?.assumingMemoryBound(to: TreeWatch.self) else { return }
  let best = glp_ios_best_node(tree)
  if best != 0 {
    // A node's bound is infinite until it has been solved; its parent's holds meanwhile.
    let bound = glp_ios_node_bound(tree, best)
    let known = watch.pointee.bound
    watch.pointee.bound = watch.pointee.isMinimum ? max(known, bound) : min(known, bound)
  }
  var total: Int32 = 0
  glp_ios_tree_size(tree, nil, nil, &total)
  if Int(total) > watch.pointee.nodeLimit { glp_ios_terminate(tree) }
}

extension LinearSolution {
  /// A relaxation's point is no point of the mixed-integer program.
  fileprivate func withoutPoint() -> LinearSolution {
    LinearSolution(
      stop: stop, status: status == .feasible ? .unknown : status, point: nil, bound: nil,
      iterations: iterations)
  }
}
