internal import CGLPK

/// Owns one GLPK problem for the length of a call.
///
/// GLPK keeps its memory per thread: a problem made on one thread and freed on another aborts the process.
/// Hence the value cannot be copied, and lives in a `LinearProgramSession` only, which is lent to a synchronous
/// closure that cannot change threads. All 1-based indices live in this file.
struct GLPKProblem: ~Copyable {
  private let pointer: OpaquePointer
  private var hasBasis = false
  private let isMixedInteger: Bool

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
      // Setting the kind resets nothing but a binary's bounds, which are 0 ... 1 or tighter already.
      if column.kind != .continuous { glp_set_col_kind(pointer, Int32(index + 1), GLP_IV) }
      setColumn(index, to: column)
    }
    for constraint in program.constraints { add(constraint) }
    glp_scale_prob(pointer, GLP_SF_AUTO)
  }

  deinit { glp_delete_prob(pointer) }

  borrowing func setColumn(_ index: Int, to column: LinearProgram.Column) {
    let bounds = column.bounds
    glp_set_col_bnds(pointer, Int32(index + 1), bounds.kind, bounds.lowerBound, bounds.upperBound)
    glp_set_obj_coef(pointer, Int32(index + 1), column.objective)
  }

  borrowing func setBounds(ofRow index: Int, to bounds: ClosedRange<Double>) {
    glp_set_row_bnds(pointer, Int32(index + 1), bounds.kind, bounds.lowerBound, bounds.upperBound)
  }

  borrowing func add(_ constraint: LinearProgram.Constraint) {
    let row = glp_add_rows(pointer, 1)
    let terms = constraint.terms.filter { $0.coefficient != 0 }
    // GLPK reads from element 1 on.
    let indices = [0] + terms.map { Int32($0.variable.index + 1) }
    let coefficients = [0] + terms.map(\.coefficient)
    glp_set_mat_row(pointer, row, Int32(terms.count), indices, coefficients)
    setBounds(ofRow: Int(row) - 1, to: constraint.bounds)
  }

  mutating func solve(_ options: SolveOptions) -> LinearSolution {
    var parameters = glp_smcp()
    glp_init_smcp(&parameters)
    parameters.msg_lev = GLP_MSG_OFF
    parameters.it_lim = Int32(clamping: options.iterationLimit)
    // After a solve the basis is usually dual feasible: new rows and bounds are the dual method's case.
    parameters.meth = hasBasis ? GLP_DUALP : GLP_PRIMAL
    let before = glp_get_it_cnt(pointer)
    var code = glp_simplex(pointer, &parameters)
    if code == GLP_EBADB || code == GLP_ESING || code == GLP_ECOND {
      // A basis that cannot be factorized: begin anew from a simple one.
      glp_adv_basis(pointer, 0)
      parameters.meth = GLP_PRIMAL
      code = glp_simplex(pointer, &parameters)
    }
    hasBasis = true
    let solution = relaxation(code: code, iterations: Int(glp_get_it_cnt(pointer) - before))
    guard isMixedInteger, solution.status == .optimal else {
      return isMixedInteger ? solution.withoutPoint() : solution
    }
    return branchAndBound(options, root: solution)
  }

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
    return LinearSolution(
      stop: stop, status: status, point: hasPoint ? point() : nil,
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

  private borrowing func branchAndBound(_ options: SolveOptions, root: LinearSolution) -> LinearSolution {
    var watch = TreeWatch(nodeLimit: options.nodeLimit, bound: root.bound ?? 0)
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
    if status == .infeasible { bound = nil } else if code == 0 { bound = objective }
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
  /// Best bound of the open nodes.
  var bound: Double
}

/// Called by GLPK inside branch and bound: remembers the bound and ends the search at the node limit.
private func watchTree(_ tree: OpaquePointer?, _ info: UnsafeMutableRawPointer?) {
  guard let tree, let watch = info?.assumingMemoryBound(to: TreeWatch.self) else { return }
  let best = glp_ios_best_node(tree)
  if best != 0 { watch.pointee.bound = glp_ios_node_bound(tree, best) }
  var total: Int32 = 0
  glp_ios_tree_size(tree, nil, nil, &total)
  if Int(total) > watch.pointee.nodeLimit { glp_ios_terminate(tree) }
}

extension ClosedRange<Double> {
  /// GLPK's kind of bounds.
  fileprivate var kind: Int32 {
    switch (lowerBound == -.infinity, upperBound == .infinity) {
    case (true, true): GLP_FR
    case (true, false): GLP_UP
    case (false, true): GLP_LO
    case (false, false): lowerBound == upperBound ? GLP_FX : GLP_DB
    }
  }
}

extension LinearSolution {
  /// A relaxation's point is no point of the mixed-integer program.
  fileprivate func withoutPoint() -> LinearSolution {
    LinearSolution(
      stop: stop, status: status == .feasible ? .unknown : status, point: nil, bound: nil,
      iterations: iterations)
  }
}
