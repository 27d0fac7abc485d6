@main struct Greenwave { static func main() {} }
