using HandshakeToMermaid.Attacks;

// "attacks H2M [NAME...]" writes each capture, lists it with that program as JSON, and prints what it took; 1 where a goal was missed.
// "attacks --write NAME FILE" only writes one.
if (args is not [var program, .. var names])
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/HandshakeToMermaid.Attacks -- H2M [NAME...] | --write NAME FILE");
    return 2;
}

if (args is ["--write", var wanted, var target])
{
    using var file = new AttackFile(target);
    AttackCatalog.All.Single(attack => attack.Name == wanted).Write(file);
    return 0;
}

var folder = Directory.CreateTempSubdirectory("attacks-");
var missed = 0;
try
{
    Console.WriteLine("| attack | packets | CPU s | us a packet | wall s | MiB | exit | what it says |");
    Console.WriteLine("|:--|--:|--:|--:|--:|--:|--:|:--|");
    foreach (var attack in AttackCatalog.All.Where(attack => names.Length == 0 || names.Contains(attack.Name)))
    {
        var path = Path.Combine(folder.FullName, attack.FileName);
        long packets;
        using (var file = new AttackFile(path))
        {
            attack.Write(file);
            packets = file.Packets;
        }

        var run = AttackRun.Of(program, ["list", "--json", path]);
        File.Delete(path);
        var faults = run.Faults(attack).ToList();
        if (faults.Count > 0) missed++;
        // Only of a flood does a packet have a cost of its own.
        var perPacket = packets >= 100_000 ? $"{run.Processor.TotalMicroseconds / packets:0.0}" : "";
        Console.WriteLine($"| {attack.Name} | {packets} | {run.Processor.TotalSeconds:0.00} | {perPacket} | {run.Wall.TotalSeconds:0.0} | {run.PeakBytes >> 20} | {run.ExitCode} | {string.Join(", ", faults.Select(f => $"MISSED: {f}").Append(run.Sentence))} |");
    }
}
finally
{
    folder.Delete(recursive: true);
}

return missed > 0 ? 1 : 0;
