using HandshakeToMermaid.Cli;

return await CommandLine.Run(args);
