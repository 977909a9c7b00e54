using TestServers.Hostile;

string mode = args.Length == 0 ? "good" : args[0];
return await new HostileServer(mode).RunAsync();
