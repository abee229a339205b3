using HandshakeToMermaid;

var options = new HandshakeOptions { KeyLogFiles = args[1..] };
foreach (var handshake in Handshakes.Read(args[0], options))
{
    Console.WriteLine($"{handshake.Start:u} {handshake.Title}");
    if (!handshake.IsFailed) continue;

    foreach (var finding in handshake.Findings) Console.WriteLine($"{finding.Severity}: {finding.Title}. {finding.Fix}.");
    Console.WriteLine(handshake.ToMermaid());
}
