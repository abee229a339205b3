using HandshakeToMermaid.Fuzzing.Mutation;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Targets;

// Exit codes: 0 nothing was found, 1 an input failed, 2 wrong usage, 3 an input did not end.
if (FuzzOptions.Of(args) is not { } options || options.Targets.Any(name => TargetCatalog.Named(name) is null))
{
    Console.Error.WriteLine("usage: [TARGET...] [--cpu-minutes N | --inputs N] [--seed N] [--case N] [--file INPUT] [--captures DIR] [--failures DIR] [--log FILE|-]");
    foreach (var target in TargetCatalog.All) Console.Error.WriteLine($"  {target.Name,-14} {target.Summary}");
    return 2;
}

Directory.CreateDirectory(options.Failures);
var material = Material.Find(Corpus.Repository, options.Captures);
var hasFailed = false;
foreach (var target in options.Targets.Count == 0 ? TargetCatalog.All : [.. options.Targets.Select(name => TargetCatalog.Named(name)!)])
{
    hasFailed |= options.Case is not null || options.File is not null ? RunOne(target) : RunMany(target);
}

return hasFailed ? 1 : 0;

bool RunOne(FuzzTarget target)
{
    var input = options.File is { } path ? File.ReadAllBytes(path) : new Mutator(target, Corpus.Of(target, material), options.Seed).Make(options.Case!.Value);
    var stored = Path.Combine(options.Failures, $"{target.Name}-input.bin");
    File.WriteAllBytes(stored, input);
    var measure = Measure.Of(target, input, judgesTime: true);
    Console.WriteLine($"{target.Name}: {input.Length} bytes ({stored}), {measure.Processor.TotalMilliseconds:0.0} ms, {measure.Allocated} bytes allocated");
    if (measure.Failure is not { } failure) return false;
    Store(target, "replayed", input, failure);
    return true;
}

bool RunMany(FuzzTarget target)
{
    var begun = Environment.CpuUsage.TotalTime;
    var corpus = Corpus.Of(target, material);
    var run = new FuzzRun(target, new Mutator(target, corpus, options.Seed));
    using var watchdog = new Watchdog(TimeSpan.FromSeconds(60), input => Store(target, $"{options.Seed}-{run.Number}", input, new Failure("endless", "the input did not end within a minute of CPU")));
    run.Run(isFromSeeds: true, () => options.Inputs is { } most ? run.Inputs < most : Environment.CpuUsage.TotalTime - begun < options.Processor, judgesTime: true, (number, input, failure) => Store(target, $"{options.Seed}-{number}", input, failure), watchdog);
    var processor = Environment.CpuUsage.TotalTime - begun;
    Console.WriteLine($"{target.Name}: {run.Inputs} inputs from {corpus.Count} seeds, {run.Crashes} crashes, slowest {run.Slowest.TotalMilliseconds:0} ms (case {run.SlowestInput}), {run.MostBytesPerByte:0} bytes per byte (case {run.HungriestInput}), fixed {run.MostFixed}, {processor.TotalMinutes:0.0} CPU min");
    if (options.Log != "-") new FuzzLog(options.Log).Add(target.Name, options.Seed, run, processor);
    return run.Crashes > 0;
}

// The input as it was made, and a smaller one that fails alike.
void Store(FuzzTarget target, string name, byte[] input, Failure failure)
{
    var path = Path.Combine(options.Failures, $"{target.Name}-{name}");
    File.WriteAllBytes($"{path}.bin", input);
    var smaller = failure.Key == "endless" ? input : new Minimizer(target, failure.Key).Minimize(input);
    File.WriteAllBytes($"{path}.min.bin", smaller);
    File.WriteAllText($"{path}.txt", $"{failure.Key}\n{failure.Text}\n");
    Console.WriteLine($"FAILED {target.Name} --seed/--case {name}: {failure.Key}; {input.Length} bytes, {smaller.Length} when minimized: {path}.min.bin");
}
